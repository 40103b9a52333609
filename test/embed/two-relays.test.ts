// Rule C8: two relays in one process.
import { expect, test } from 'vitest';
import { RelayModule, RelayService } from '../../src/index.js';
import { silently } from '../harness/connection.js';
import { loginPlayer } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

function start(maxDepth: number): Promise<Backend> {
  return startBackend({ imports: [RelayModule.forRoot({ maxDepth })] });
}

function rooms({ app }: Backend): unknown[] {
  return app.get(RelayService, { strict: false }).rooms();
}

test('[C8] two hosts may hold the same code at two relays, and do not hear each other', async () => {
  const [first, second] = [await start(2), await start(2)];
  const hosts = [await first.peers.host('SNEK'), await second.peers.host('SNEK')] as const;
  const players = [
    await first.peers.player(hosts[0], '467'),
    await second.peers.player(hosts[1], '467'),
  ] as const;
  await first.peers.expectParty(hosts[0], players[0]);
  await hosts[1].expectNothing();
  await players[1].expectNothing();
  await second.peers.expectParty(hosts[1], players[1]);
  await hosts[0].expectNothing();
  await players[0].expectNothing();
});

test('[C8] a code held at one relay is unknown at the other', async () => {
  const [first, second] = [await start(2), await start(2)];
  await first.peers.host('SNEK');
  const player = await second.peers.saying(loginPlayer('SNEK', '467'));
  expect(await player.closed()).toEqual(silently);
  expect([rooms(first), rooms(second)]).toMatchObject([[{ serverCode: 'SNEK', players: 0 }], []]);
});

test('[C8] each relay has its own options', async () => {
  const [shallow, deep] = [await start(1), await start(2)];
  const nested = '{"a":{}}';
  const hosts = [await shallow.peers.host(), await deep.peers.host()] as const;
  const refused = await shallow.peers.player(hosts[0], '467');
  refused.send(nested);
  expect(await refused.closed()).toEqual(silently);
  const accepted = await deep.peers.player(hosts[1], '467');
  accepted.send(nested);
  expect(await hosts[1].next()).toBe('{"a":{},"client_id":"467"}');
});

test('[C8] a relay that stops leaves the other running', async () => {
  const [first, second] = [await start(2), await start(2)];
  const host = await first.peers.host('SNEK');
  const survivor = await second.peers.host('SNEK');
  const player = await second.peers.player(survivor, '467');
  await first.app.close();
  expect(await host.closed()).toEqual({ code: 1001, reason: '' });
  await second.peers.expectParty(survivor, player);
  expect([rooms(first), rooms(second)]).toMatchObject([[], [{ serverCode: 'SNEK', players: 1 }]]);
});
