import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, ValidationPipe } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { JwtModule } from '@nestjs/jwt';
import { SkipThrottle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { LoggerModule } from 'nestjs-pino';
import {
  ConsoleModule,
  HealthModule,
  MetricsModule,
  PartyPageModule,
  RelayModule,
  WhyModule,
} from 'carparty-relay';
import { ChatGateway } from './chat.gateway.js';
import { AuthGuard, JsonFilter, Public, WrappingInterceptor } from './global-parts.js';
import { CatsController } from './rest.js';
import { TicksResolver } from './ticks.resolver.js';

/** For what phones and orchestrators ask, who have no token. */
const decorators = [Public(), SkipThrottle()];

@Module({
  imports: [
    LoggerModule.forRoot(),
    JwtModule.register({ global: true, secret: 'the secret of this host' }),
    ThrottlerModule.forRoot([{ ttl: 60_000, limit: 30 }]),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      subscriptions: { 'graphql-ws': true },
    }),
    RelayModule.forRoot({ path: '/relay', operatorToken: 'a-secret-of-this-host' }),
    PartyPageModule.forRoot({ decorators }),
    HealthModule.forRoot({ decorators }),
    WhyModule.forRoot({ decorators }),
    // These stay behind the guards of this host.
    ...[ConsoleModule, MetricsModule],
  ],
  controllers: [CatsController],
  providers: [
    ChatGateway,
    TicksResolver,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_GUARD, useClass: ThrottlerGuard },
    {
      provide: APP_PIPE,
      useValue: new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
    },
    { provide: APP_FILTER, useClass: JsonFilter },
    { provide: APP_INTERCEPTOR, useClass: WrappingInterceptor },
  ],
})
export class BackendModule {}
