// Rules C6, C11 and L16: what a backend applies to everything it has changes nothing for the relay's peers, unless asked.
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
import { EMPTY, map, of, type Observable } from 'rxjs';
import { expect, test } from 'vitest';
import { RelayModule, RelayService, type LoginSocket } from '../../src/index.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

/** A global enhancer is a provider, or is set on the application; both must do. */
type Global = { provider: Provider } | { set: (app: INestApplication) => unknown };

function startWith(enhancer: Global, globals = true): Promise<Backend> {
  const imports = [RelayModule.forRoot({ globals })];
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
test.each(harmless)('[C6] %s does not disturb a party', async (_, enhancer) => {
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
  '[C6] a global exception filter, %s, sends nothing to a peer',
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
test.each(refusals)(
  '[L16] with globals, a global guard that %s refuses the login',
  async (_, canActivate) => {
    const { peers, logs } = await startWith({ set: (app) => app.useGlobalGuards({ canActivate }) });
    await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'not-authorized');
    await peers.expectRefused(await peers.saying('{"no":"login"}'), 'not-authorized');
    expect(logs.lines.filter(({ level }) => level === 'error')).toEqual([]);
  },
);

/** Was written for HTTP only, as many are. */
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: { authorization: string } }>();
    return headers.authorization !== '';
  }
}

test('[C11] with globals, a global guard that fails ends the login, and the log names it as the origin', async () => {
  const { peers, logs } = await startWith({ provider: { provide: APP_GUARD, useClass: HeaderGuard } });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'internal-error');
  const { raw } = await logs.until(({ text }) => text.includes('TypeError'), 'the error');
  expect(raw).toContain('hit an error in a guard, pipe or interceptor of the backend: TypeError');
  expect(raw).toContain('HeaderGuard.canActivate');
  expect(raw).not.toContain('error of the relay');
});

test.each([
  ['answers instead of the relay', of('cached')],
  ['answers nothing', EMPTY],
])('[L16] with globals, a global interceptor that %s refuses the login', async (_, answer) => {
  const { peers } = await startWith({
    set: (app) => app.useGlobalInterceptors({ intercept: () => answer }),
  });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'not-authorized');
});

test('[C11] with globals, a guard sees the address of a login, and its upgrade request', async () => {
  const seen: unknown[] = [];
  const guard = (context: ExecutionContext): boolean => {
    const { ip, request } = context.switchToWs().getClient<LoginSocket>();
    seen.push(
      context.getType(),
      ip,
      request?.url,
      request?.headers.upgrade,
      context.switchToWs().getPattern(),
    );
    return true;
  };
  const { peers } = await startWith({ set: (app) => app.useGlobalGuards({ canActivate: guard }) });
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
  const expected = ['ws', '127.0.0.1', '/', 'websocket'];
  expect(seen).toEqual([...expected, 'login_server', ...expected, 'login_client']);
});

const no = (): never => fail(new TypeError('not for logins'));
const cruel: [string, Global][] = [
  ['guard', { provider: { provide: APP_GUARD, useValue: { canActivate: no } } }],
  ['guard, set later,', { set: (app) => app.useGlobalGuards({ canActivate: no }) }],
  ['pipe', { provider: { provide: APP_PIPE, useValue: { transform: no } } }],
  ['pipe, set later,', { set: (app) => app.useGlobalPipes({ transform: no }) }],
  ['interceptor', { provider: { provide: APP_INTERCEPTOR, useValue: { intercept: no } } }],
  ['interceptor, set later,', { set: (app) => app.useGlobalInterceptors({ intercept: no }) }],
  ['filter', { provider: { provide: APP_FILTER, useValue: { catch: no } } }],
];
test.each(cruel)('[C11] without globals, no global %s runs on logins', async (_, enhancer) => {
  const { peers, logs } = await startWith(enhancer, false);
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
  await peers.expectRefused(await peers.saying('no login'), 'not-json');
  await peers.expectRefused(await peers.saying(loginHost(host.code)), 'code-taken');
  expect(logs.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('[C11] with globals, the same pipe runs on logins', async () => {
  const { peers, logs } = await startWith({ set: (app) => app.useGlobalPipes({ transform: no }) });
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'internal-error');
  await logs.until(
    ({ text }) => text.includes('interceptor of the backend: TypeError: not for'),
    'the error',
  );
});

function fail(error: Error): never {
  throw error;
}
