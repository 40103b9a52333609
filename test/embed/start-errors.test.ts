// Rules C3 and C7: a backend that put the relay in wrongly gets one error at its start.
import { Injectable, Module, Scope } from '@nestjs/common';
import { expect, test } from 'vitest';
import { Authorizer, RelayModule } from '../../src/index.js';
import { startBackend } from './backend.js';
import { runScript } from './scripts.js';

/** A backend in plain JavaScript that listens, or would, after the lines of `adapter`. */
function backend(options: string, adapter: string): string {
  return `
    import 'reflect-metadata';
    import { Module } from '@nestjs/common';
    import { NestFactory } from '@nestjs/core';
    import { WsAdapter } from '@nestjs/platform-ws';
    import { RelayModule, RelayWsAdapter } from 'carparty-relay';
    class Backend {}
    Module({ imports: [RelayModule.forRoot(${options})] })(Backend);
    const app = await NestFactory.create(Backend, { logger: ['error', 'warn'] });
    ${adapter}
    await app.listen(0, '127.0.0.1');
  `;
}

const RIGHT = 'app.useWebSocketAdapter(new RelayWsAdapter(app));';
const STOCK = 'app.useWebSocketAdapter(new WsAdapter(app));';
const NO_PATH = 'app.useWebSocketAdapter(new RelayWsAdapter(app, new WsAdapter(app)));';

test.each([
  ['no adapter at all', ''],
  ['the stock adapter', STOCK],
])('[C7] a backend with %s does not start, and the error says why', async (_, adapter) => {
  await expectToldOnce(backend('{}', adapter), 'app.useWebSocketAdapter(new RelayWsAdapter(app))');
});

test.each([
  ['a wrong option', '{ maxDepth: -1 }', RIGHT, 'maxDepth must be'],
  ['another adapter and no path', '{}', NO_PATH, 'path must be an absolute path'],
])('[C3] a backend with %s does not start, and the error says why', async (_, options, adapter, why) => {
  await expectToldOnce(backend(options, adapter), why);
});

async function expectToldOnce(source: string, why: string): Promise<void> {
  const { code, signal, output } = await runScript('--input-type=module', '--eval', source);
  expect({ code, signal }).toEqual({ code: 1, signal: null });
  expect(output.split(why)).toHaveLength(2);
  expect(output.match(/Error: /g)).toHaveLength(1);
  expect(output).not.toContain('socket.io');
}

test('[C7] a backend that imports the relay twice does not start, and the error says why', async () => {
  const started = startBackend({ imports: [RelayModule.forRoot(), RelayModule.forRoot()] });
  await expectError(started, 'RelayModule is imported twice');
});

@Injectable({ scope: Scope.REQUEST })
class Tenant {}

@Module({ providers: [Tenant], exports: [Tenant] })
class TenantModule {}

@Injectable()
class TenantAuthorizer extends Authorizer {
  constructor(readonly tenant: Tenant) {
    super();
  }
}

test('[C7] a backend with a request-scoped authorizer does not start, and the error says why', async () => {
  const relay = RelayModule.forRoot({ authorizer: TenantAuthorizer, imports: [TenantModule] });
  await expectError(startBackend({ imports: [relay] }), 'request-scoped');
});

async function expectError(started: Promise<unknown>, words: string): Promise<void> {
  const error: unknown = await started.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(String(error)).toContain(words);
}
