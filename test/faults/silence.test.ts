// Fault 3: a network that swallows everything, so that no side learns that the other is gone.
import { expect, test } from 'vitest';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { useBlackHole } from '../harness/black-hole.js';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';

const relay = useRelay(...['--player-silence', '3', '--host-silence', '3']);
const network = useBlackHole(relay);

test('[A6] a player whose network drops everything is ended, and its host gets the disconnect', async () => {
  const host = await relay.host();
  const player = await network.connect();
  player.send(loginPlayer(host.code, '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  const quiet = await relay.player(host, 'quiet');
  network.swallow();
  expect((await relay.logs.ending('missed-heartbeat', host.code, '467')).rule).toBe('A6');
  expect(await host.next()).toBe(disconnectNotice('467'));
  // Who says nothing but answers pings stays.
  for (const peer of [host, quiet]) await peer.expectNothing();
});

test('[A7] a host whose network drops everything is ended, and its code is free', async () => {
  const code = relay.code();
  const host = await network.connect();
  host.send(loginHost(code));
  await host.fence();
  const player = await relay.connect();
  player.send(loginPlayer(code, '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  network.swallow();
  expect((await relay.logs.ending('missed-heartbeat', code)).rule).toBe('A7');
  await relay.expectEnded(player, 'host-left', code, '467');
  await relay.player(await relay.host(code), '468');
});

test('[A6] a byte now and then is a sign of life, even if no message is ever completed', async () => {
  const host = await relay.host();
  const slow = await relay.rawUpgraded(loginPlayer(host.code, 'slow'));
  expect(await host.next()).toBe(connectNotice('slow'));
  const pinged = async (): Promise<void> => expect((await slow.frame()).opcode).toBe(9);
  for (const byte of [0x81, 0xfe, 0x01, 0x00]) {
    await pinged();
    slow.write(Buffer.from([byte]));
  }
  expect(await host.next()).toBe(disconnectNotice('slow'));
  await slow.rest();
});
