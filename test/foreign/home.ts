// What holds in every backend that the relay is installed into.
import { expect, test } from 'vitest';
import { playAParty, stop, type ForeignHost } from './foreign-host.js';

/** What must exist once: what the host brought is what we use. */
const SHARED =
  /^(@nestjs\/(common|core|websockets|platform-ws|config|terminus)|rxjs|reflect-metadata|class-(validator|transformer))$/;

/** The host's own route, and those of our modules. */
const PATHS = ['/cats', '/healthz', '/readyz', '/party', '/party/SNEK', '/client.js', '/console', '/metrics'];

/** What operators show. */
const headers = { authorization: 'Bearer a-secret-of-this-host' };

export function itIsAHome(host: () => ForeignHost): void {
  test('[C10] the package installs without a warning, and adds no second copy of a shared package', () => {
    expect(host().said).not.toMatch(/ERESOLVE|peer/);
    const nested = host().packages('carparty-relay', 'node_modules');
    expect(nested.filter((name) => SHARED.test(name))).toEqual([]);
  });

  test('[C10] the backend compiles and starts, a party plays, all modules answer, and it stops', async () => {
    await host().run('npm', 'run', '--silent', 'build');
    const listening = await host().start();
    const origin = `http://127.0.0.1:${listening.port}`;
    try {
      await playAParty(listening.port);
      const answered = PATHS.map(async (path) => [
        path,
        (await fetch(`${origin}${path}`, { headers })).status,
      ]);
      expect(await Promise.all(answered)).toEqual(PATHS.map((path) => [path, 200]));
      // Nest's hooks leave the process to the signal when all is closed.
      expect(await stop(listening)).toBe(null);
    } finally {
      listening.command.signal('SIGKILL');
    }
  });
}
