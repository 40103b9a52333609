/** A backend in which a game needs a token to open a room, and a phone needs none. */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Controller, Injectable, Logger, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import {
  Authorizer,
  type Grant,
  type HostLogin,
  RelayEvents,
  RelayModule,
  RelayWsAdapter,
} from 'carparty-relay';

const [port = '3000', secret = randomBytes(32).toString('hex')] = process.argv.slice(2);

@Module({ imports: [JwtModule.register({ secret })], exports: [JwtModule] })
class TokensModule {}

/** A game brings its token in a member of its login that the protocol does not know. */
@Injectable()
class TokenAuthorizer extends Authorizer {
  constructor(private readonly jwt: JwtService) {
    super();
  }

  override async authorizeHost({ login }: HostLogin): Promise<Grant> {
    if (typeof login['token'] !== 'string') return false;
    try {
      const { sub } = await this.jwt.verifyAsync<{ sub: string }>(login['token']);
      return { context: { owner: sub } };
    } catch {
      // Not signed here, or expired.
      return false;
    }
  }
}

@Injectable()
class Journal {
  private readonly logger = new Logger('Journal');

  constructor(events: RelayEvents) {
    events.roomOpened.subscribe(({ serverCode, context }) => {
      this.logger.log(`${(context as { owner: string }).owner} has opened room ${serverCode}`);
    });
  }
}

/** Where a game gets its token. A real backend asks for more than a name. */
@Controller('tokens')
class TokensController {
  constructor(private readonly jwt: JwtService) {}

  @Post(':owner')
  async give(@Param('owner') owner: string): Promise<{ token: string }> {
    return { token: await this.jwt.signAsync({ sub: owner }, { expiresIn: '1h' }) };
  }
}

@Module({
  imports: [TokensModule, RelayModule.forRoot({ authorizer: TokenAuthorizer, imports: [TokensModule] })],
  controllers: [TokensController],
  providers: [Journal],
})
class BackendModule {}

const app = await NestFactory.create(BackendModule);
app.useWebSocketAdapter(new RelayWsAdapter(app));
app.enableShutdownHooks();
await app.listen(port, '127.0.0.1');
new Logger('Backend').log(`Listening on ${await app.getUrl()}`);
