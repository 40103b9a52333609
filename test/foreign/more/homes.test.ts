// Backends that differ in their Nest, their compiler, their platform and their package manager.
import { beforeAll, describe, expect, test } from 'vitest';
import { ForeignHost, playAParty, stop, type Needs } from '../foreign-host.js';
import { itIsAHome } from '../home.js';

const hosts: [name: string, needs: Needs][] = [
  ['nest-11-swc', {}],
  ['nest-11-webpack', {}],
  ['nest-12-esm', {}],
  ['nest-12-pnpm', { manager: 'pnpm' }],
];

describe.each(hosts)('%s', (name, needs) => {
  let host: ForeignHost;
  beforeAll(async () => void (host = await ForeignHost.make(name, needs)));

  itIsAHome(() => host);
});

test('[C10] a backend that is bundled into one file still runs its relay', async () => {
  const host = await ForeignHost.make('nest-12-esm');
  await host.run('npm', 'run', '--silent', 'build');
  await host.run('npm', 'run', '--silent', 'bundle');
  const listening = await host.start('start:bundle');
  try {
    await playAParty(listening.port);
    expect((await fetch(`http://127.0.0.1:${listening.port}/party`)).status).toBe(200);
    expect(await stop(listening)).toBe(null);
  } finally {
    listening.command.signal('SIGKILL');
  }
});
