// Rule E6: the LoggingInterceptor sees each refused login, by whichever part, and logs it once.
import { Injectable, type CallHandler, type ExecutionContext } from '@nestjs/common';
import { catchError, throwError, type Observable } from 'rxjs';
import { beforeEach, expect, test } from 'vitest';
import { Authorizer, RelayModule, type HostLogin, type PlayerLogin } from '../../src/index.js';
import { LoggingInterceptor } from '../../src/relay/logging/logging.interceptor.js';
import type { LoginRefused } from '../../src/relay/session/login-refused.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

let logins = 0;
let seen: string[] = [];
beforeEach(() => {
  logins = 0;
  seen = [];
});

@Injectable()
class CountingInterceptor extends LoggingInterceptor {
  override intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    logins += 1;
    return super.intercept(context, next).pipe(
      catchError((error: LoginRefused) => {
        seen.push(error.ending);
        return throwError(() => error);
      }),
    );
  }
}

@Injectable()
class Doorman extends Authorizer {
  override authorizeHost({ serverCode }: HostLogin): boolean {
    return serverCode !== 'UNWANTED';
  }

  override authorizePlayer({ clientId }: PlayerLogin): Promise<boolean> {
    return Promise.resolve(clientId !== 'unwanted');
  }
}

function startCounting(): Promise<Backend> {
  return startBackend(
    { imports: [RelayModule.forRoot({ authorizer: Doorman })] },
    { override: (builder) => builder.overrideInterceptor(LoggingInterceptor).useClass(CountingInterceptor) },
  );
}

const refused: [string, string, string | Buffer][] = [
  ['of a taken code', 'code-taken', loginHost('SNEK')],
  ['of an unknown code', 'no-such-code', loginPlayer('SNAKE', '467')],
  ['without a code', 'bad-login', '{"action":"login_server"}'],
  ['with a code that is too long', 'bad-login', loginHost('x'.repeat(257))],
  ['without an id', 'bad-login', '{"action":"login_client","server_code":"SNEK"}'],
  ['with another action', 'bad-login', '{"action":"login","server_code":"SNEK"}'],
  ['without an action', 'bad-login', '{}'],
  ['that is not JSON', 'not-json', 'hello'],
  ['that is not UTF-8', 'not-json', Buffer.from('{"action":"\xff"}', 'latin1')],
  ['that is empty', 'not-json', ''],
  ['that is an array', 'not-an-object', '["login_server","SNEK"]'],
  ['that is nested too deep', 'too-deep', `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`],
  ['of a host that the backend refuses', 'not-authorized', loginHost('UNWANTED')],
  ['of a player that the backend refuses', 'not-authorized', loginPlayer('SNEK', 'unwanted')],
];

test.each(refused)('[E6] the interceptor sees a refused login %s', async (_, ending, message) => {
  const { peers } = await startCounting();
  const host = await peers.host('SNEK');
  await peers.expectRefused(await peers.saying(message), ending);
  expect(seen).toEqual([ending]);
  await host.expectNothing();
});

test('[E6] the log has one line for each refused login', async () => {
  const { peers, logs } = await startCounting();
  await peers.host('SNEK');
  for (const [, ending, message] of refused) {
    await peers.expectRefused(await peers.saying(message), ending);
  }
  const endings = refused.map(([, ending]) => ending);
  expect(seen).toEqual(endings);
  const lines = logs.lines.filter(({ level }) => level === 'warn');
  expect(lines.map(({ text }) => /\(([a-z-]+)\)$/.exec(text)?.[1])).toEqual(endings);
});

test('[C6] messages after the login do not pass the interceptor', async () => {
  const { peers } = await startCounting();
  const host = await peers.host('SNEK');
  const player = await peers.player(host, '467');
  await peers.expectParty(host, player);
  await peers.expectRefused(await peers.saying(loginHost('SNEK')), 'code-taken');
  expect(logins).toBe(3);
});
