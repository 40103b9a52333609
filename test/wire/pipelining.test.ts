// Rules L11 and L13, on the wire: logins that do not wait for each other.
import { expect, test } from 'vitest';
import { clientFrame } from '../harness/frames.js';
import { connectNotice } from '../harness/notices.js';
import { upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';

const relay = useRelay();

test('[L11] a login and messages in the same segment as the upgrade request arrive in order', async () => {
  const host = await relay.host();
  const player = await relay.rawConnect();
  const payloads = [loginPlayer(host.code, '467'), '{"n":1}', '{"n":2}', '{"n":3}'];
  player.write(upgradeRequest(), ...payloads.map((payload) => clientFrame(payload)));
  expect(await host.take(4)).toEqual([
    connectNotice('467'),
    '{"n":1,"client_id":"467"}',
    '{"n":2,"client_id":"467"}',
    '{"n":3,"client_id":"467"}',
  ]);
});

test('[L11] a host may send messages right after its login, and players may join at once', async () => {
  const code = relay.code();
  const host = await relay.rawConnect();
  host.write(upgradeRequest('/ws'), clientFrame(loginHost(code)), clientFrame('no player hears this'));
  await host.head();
  await host.fence();
  const player = await relay.connect();
  player.send(loginPlayer(code, '467'));
  expect((await host.frame()).payload.toString()).toBe(connectNotice('467'));
  host.write(clientFrame('hello'));
  expect(await player.next()).toBe('hello');
});

test('[L11] none of a thousand messages right after a login is lost', async () => {
  const host = await relay.host();
  const player = await relay.connect();
  player.send(loginPlayer(host.code, '467'));
  const numbers = Array.from({ length: 1_000 }, (_, n) => n);
  for (const n of numbers) player.send(`{"n":${n}}`);
  expect(await host.take(1_001)).toEqual([
    connectNotice('467'),
    ...numbers.map((n) => `{"n":${n},"client_id":"467"}`),
  ]);
});

test('[L11] large messages right after a login are not lost either', async () => {
  const host = await relay.host();
  const player = await relay.rawConnect();
  const large = JSON.stringify({ data: 'x'.repeat(200_000) });
  player.write(
    upgradeRequest(),
    ...[loginPlayer(host.code, '467'), large, large, large].map((p) => clientFrame(p)),
  );
  const stampedLarge = `${large.slice(0, -1)},"client_id":"467"}`;
  expect(await host.take(4)).toEqual([connectNotice('467'), stampedLarge, stampedLarge, stampedLarge]);
});

test('[L11] a login that arrives byte by byte counts', async () => {
  const host = await relay.host();
  const player = await relay.rawConnect();
  await player.trickle(
    Buffer.concat([Buffer.from(upgradeRequest()), clientFrame(loginPlayer(host.code, '467'))]),
  );
  expect(await host.next()).toBe(connectNotice('467'));
});

test('[L11] a player that leaves right after its login causes a connect and a disconnect', async () => {
  const host = await relay.host();
  const player = await relay.rawConnect();
  const farewell = clientFrame('', { opcode: 8 });
  player.write(upgradeRequest(), clientFrame(loginPlayer(host.code, '467')), clientFrame('{}'), farewell);
  expect(await host.take(3)).toEqual([
    connectNotice('467'),
    '{"client_id":"467"}',
    '{"action":"disconnect","client_id":"467"}',
  ]);
});

test('[L13] of fifty hosts that claim a code at the same moment exactly one gets it', async () => {
  const code = relay.code();
  const hosts = await Promise.all(Array.from({ length: 50 }, () => relay.connect()));
  const refused = new Set(hosts);
  const all = new Promise<void>((resolve) => {
    let left = 49;
    for (const host of hosts) {
      void host.closed().then(() => {
        refused.delete(host);
        if (--left === 0) resolve();
      });
    }
  });
  for (const host of hosts) host.send(loginHost(code));
  await all;
  const [winner, ...others] = [...refused];
  expect(others).toEqual([]);
  if (!winner) throw new Error('there is no winner');
  await relay.player(Object.assign(winner, { code }), '467');
  await relay.fenceLog();
  expect(relay.logs.count('code-taken', code)).toBe(49);
});
