// Rule A23 in a larger backend: a proxy that the relay was not told of shows with the first request of any kind.
import { expect, test } from 'vitest';
import { RelayModule } from '../../../src/index.js';
import { startBackend } from '../../embed/backend.js';
import { Connection } from '../../harness/connection.js';

test.each([
  ['Express', false],
  ['Fastify', true],
])(
  '[A23] in a backend on %s the relay checks the first request, plain HTTP or an upgrade',
  async (_, fastify) => {
    const headers = { 'X-Forwarded-For': '198.51.100.7' };
    const kinds: ((port: number) => Promise<unknown>)[] = [
      (port) => fetch(`http://127.0.0.1:${port}/nowhere`, { headers }),
      async (port) => (await Connection.open(`ws://127.0.0.1:${port}/`, { headers })).dispose(),
    ];
    for (const ask of kinds) {
      const { port, logs } = await startBackend({ imports: [RelayModule.forRoot()] }, { fastify });
      const isTold = ({ text }: { text: string }): boolean => text.includes("trustProxy: ['loopback']");
      const told = logs.until(isTold, 'a warning of the header');
      await ask(port);
      expect((await told).level).toBe('warn');
    }
  },
);
