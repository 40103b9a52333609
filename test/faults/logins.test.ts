// Fault 5: peers that do not log in, or that ask for more rooms and places than there are.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { silently, type Connection } from '../harness/connection.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { loginHost, loginPlayer, useRelay, type Host } from '../harness/relay.js';

const relay = useRelay(
  ...['--login-timeout', '2', '--max-rooms', '30', '--max-players-per-room', '3'],
  ...fixed({ maxPendingLogins: 20 }),
);

test('[A4] a connection that does not log in is ended in time, whatever else it sends', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const silent = await relay.connect();
  const pinging = await relay.connect();
  const halfway = await relay.rawUpgraded();
  halfway.write(clientFrame(loginHost(relay.code())).subarray(0, 20));
  const fragmented = await relay.rawUpgraded();
  fragmented.write(clientFrame('{', { fin: false }));
  await pinging.fence();
  for (const connection of [silent, pinging]) expect(await connection.closed()).toEqual(silently);
  for (const peer of [halfway, fragmented]) {
    expect(await peer.rest()).toMatchObject([{ opcode: opcode.close, payload: Buffer.alloc(0) }]);
  }
  expect(relay.logs.count('login-timeout')).toBe(4);
  for (const peer of [host, player]) await peer.expectNothing();
});

test('[A5] of too many connections without a login the oldest is ended, and hosts and players stay', async () => {
  const first = await relay.connect();
  const second = await relay.connect();
  const host = await relay.host();
  const others: Connection[] = [];
  while (others.length < 18) others.push(await relay.connect());
  await first.fence();
  others.push(await relay.connect());
  await relay.expectEnded(first, 'too-many-pending');
  await second.fence();
  const player = await relay.player(host, '467');
  await relay.expectEnded(second, 'too-many-pending');
  for (const peer of [host, player, ...others]) await peer.expectNothing();
  expect(relay.logs.count('too-many-pending')).toBe(2);
});

test('[A12] a player is refused while the room is full, and gets in when another player leaves', async () => {
  const host = await relay.host();
  const players = [];
  for (const id of ['1', '2', '3']) players.push(await relay.player(host, id));
  const late = await relay.connect();
  late.send(loginPlayer(host.code, 'late'));
  await relay.expectEnded(late, 'room-full', host.code, 'late');
  await players[0]?.leave();
  await host.next();
  await relay.player(host, 'late');
  await host.expectNothing();
});

/** Whether a login was granted: a ping may still be answered together with a refusal, and a second one is not. */
async function isLetIn(host: Host): Promise<boolean> {
  const fences = host.fence().then(() => host.fence());
  return Promise.race([fences.then(() => true), host.closed().then(() => false)]);
}

test('[A13] a host is refused while there are too many rooms, and gets in when another room ends', async () => {
  const hosts: Host[] = [];
  let refused: Host | undefined;
  while (refused === undefined) {
    const host = Object.assign(await relay.connect(), { code: relay.code() });
    host.send(loginHost(host.code));
    if (await isLetIn(host)) hosts.push(host);
    else refused = host;
  }
  await relay.expectEnded(refused, 'too-many-rooms', refused.code);
  expect(hosts).toHaveLength(30);
  await hosts.shift()?.leave();
  await relay.host(refused.code);
  for (const host of hosts) await host.expectNothing();
});
