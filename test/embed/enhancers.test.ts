// Rules C6 and L16: what a backend applies to everything it has does not change what the relay's peers see.
import {
  Catch,
  ForbiddenException,
  ValidationPipe,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  type NestInterceptor,
  type Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { WsException } from '@nestjs/websockets';
import { map, of, type Observable } from 'rxjs';
import { expect, test } from 'vitest';
import { RelayModule, RelayService } from '../../src/index.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

/** A global enhancer is a provider, or is set on the application; both must do. */
type Global = { provider: Provider } | { set: (app: INestApplication) => unknown };

function startWith(enhancer: Global): Promise<Backend> {
  const imports = [RelayModule.forRoot()];
  if ('set' in enhancer) return startBackend({ imports }, { prepare: enhancer.set });
  return startBackend({ imports, providers: [enhancer.provider] });
}

class Envelope implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

const strict = { whitelist: true, forbidNonWhitelisted: true, transform: true };

const harmless: [string, Global][] = [
  ['an interceptor that wraps all results', { provider: { provide: APP_INTERCEPTOR, useClass: Envelope } }],
  ['the same, set later', { set: (app) => app.useGlobalInterceptors(new Envelope()) }],
  ['a strict pipe', { provider: { provide: APP_PIPE, useValue: new ValidationPipe(strict) } }],
  ['the same, set later', { set: (app) => app.useGlobalPipes(new ValidationPipe(strict)) }],
  ['a guard that says yes', { set: (app) => app.useGlobalGuards({ canActivate: () => true }) }],
];
test.each(harmless)('[C6] a party is not disturbed by %s', async (_, enhancer) => {
  const { peers, app } = await startWith(enhancer);
  const code = peers.code();
  const host = await peers.saying(loginHost(code).replace('{', '{"version":9,'));
  await host.fence();
  const player = await peers.saying(loginPlayer(code, '467').replace('{', '{"version":9,'));
  await host.next();
  await peers.expectParty(Object.assign(host, { code }), Object.assign(player, { id: '467' }));
  await host.expectNothing();
  await player.expectNothing();
  expect(app.get(RelayService, { strict: false }).rooms()).toMatchObject([{ serverCode: code, players: 1 }]);
});

@Catch()
class Apology implements ExceptionFilter {
  readonly caught: unknown[] = [];

  catch(error: unknown, host: ArgumentsHost): void {
    this.caught.push(error);
    host.switchToWs().getClient<{ send(text: string): void }>().send('sorry');
  }
}

test.each(['as a provider', 'set later'])(
  '[C6] a global exception filter, %s, tells no peer',
  async (how) => {
    const filter = new Apology();
    const { peers } = await startWith(
      how === 'set later'
        ? { set: (app) => app.useGlobalFilters(filter) }
        : { provider: { provide: APP_FILTER, useValue: filter } },
    );
    const host = await peers.host();
    const player = await peers.player(host, '467');
    await peers.expectRefused(await peers.saying(loginHost(host.code)), 'code-taken', host.code);
    await peers.expectRefused(await peers.saying('{"action":"login_server"}'), 'bad-login');
    await peers.expectRefused(await peers.saying('no login'), 'not-json');
    await peers.expectParty(host, player);
    expect(filter.caught).toEqual([]);
  },
);

const refusals: [string, () => boolean | Promise<boolean>][] = [
  ['answers no', () => false],
  ['answers no, later', () => Promise.resolve(false)],
  ['throws what Nest offers for it', () => fail(new ForbiddenException())],
  ['throws a WsException', () => fail(new WsException('no'))],
];
test.each(refusals)('[L16] a global guard that %s refuses the login', async (_, canActivate) => {
  const { peers, logs } = await startWith({ set: (app) => app.useGlobalGuards({ canActivate }) });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'not-authorized');
  await peers.expectRefused(await peers.saying('{"no":"login"}'), 'not-authorized');
  expect(logs.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

/** Was written for HTTP only, as many are. */
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: { authorization: string } }>();
    return headers.authorization !== '';
  }
}

test('[E9] a global guard that fails ends the login, and its error is logged', async () => {
  const { peers, logs } = await startWith({ provider: { provide: APP_GUARD, useClass: HeaderGuard } });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'internal-error');
  const { raw } = await logs.until(({ text }) => text.includes('TypeError'), 'the error');
  expect(raw).toContain('HeaderGuard.canActivate');
});

test('[L16] a global interceptor that answers instead of the relay refuses the login', async () => {
  const { peers } = await startWith({
    set: (app) => app.useGlobalInterceptors({ intercept: () => of('cached') }),
  });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'not-authorized');
});

function fail(error: Error): never {
  throw error;
}
