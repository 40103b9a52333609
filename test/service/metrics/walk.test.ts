// What a scrape costs a relay with many connections.
import supertest from 'supertest';
import { expect, test, vi } from 'vitest';
import { MetricsModule, RelayModule, RelayMonitor } from '../../../src/index.js';
import { startBackend } from '../../embed/backend.js';
import { Exposed } from './exposed.js';

const TOKEN = 'correct-horse-battery';

test('[O14] a scrape walks all rooms and connections once, and each value is current', async () => {
  const imports = [RelayModule.forRoot({ operatorToken: TOKEN }), MetricsModule];
  const { app, port, peers } = await startBackend({ imports });
  const monitor = app.get(RelayMonitor, { strict: false });
  const walks = [vi.spyOn(monitor, 'totals'), vi.spyOn(monitor, 'roomSizes')];
  const scrape = async (): Promise<Exposed> => {
    const { text } = await supertest(`http://127.0.0.1:${port}`)
      .get('/metrics')
      .auth(TOKEN, { type: 'bearer' })
      .expect(200);
    return new Exposed(text);
  };
  await peers.host();
  const first = await scrape();
  expect(walks.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  expect([first.value('carparty_rooms'), first.value('carparty_connections{role="host"}')]).toEqual([1, 1]);
  await peers.host();
  const second = await scrape();
  expect(walks.map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
  expect([second.value('carparty_rooms'), second.value('carparty_connections{role="host"}')]).toEqual([2, 2]);
});
