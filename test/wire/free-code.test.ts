// Rule L14, on the wire: a code is free the moment its host is gone.
import { expect, test } from 'vitest';
import type { Host } from '../harness/relay.js';
import { HostProcess } from '../harness/host-process.js';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';

const relay = useRelay();

const ways: [string, (host: Host) => Promise<void> | void][] = [
  ['closed its connection', (host) => host.leave(1000)],
  ['closed without a status', (host) => host.leave()],
  ['was reset', (host) => host.vanish()],
  ['ended its TCP connection without a close frame', (host) => host.halfClose()],
];

test.each(ways)('[L14] a code is free again when its host has %s', async (_, go) => {
  const first = await relay.host();
  const witness = await relay.player(first, '467');
  await go(first);
  // The host is gone for the relay as soon as its player is.
  await witness.closed();
  const second = await relay.host(first.code);
  await relay.player(second, '468');
  await relay.fenceLog();
  expect(relay.logs.count('code-taken', first.code)).toBe(0);
});

test('[L14] a code is free again when the process of its host has died', async () => {
  const code = relay.code();
  const process = await HostProcess.start(relay.url(), loginHost(code));
  const witness = await relay.connect();
  witness.send(loginPlayer(code, '467'));
  // It waits for the login, and the ping behind it too.
  witness.send({});
  await witness.fence();
  await process.die();
  await witness.closed();
  const second = await relay.host(code);
  await relay.player(second, '468');
});

test('[L14] a host without players frees its code too', async () => {
  const code = relay.code();
  for (let round = 0; round < 20; round++) {
    const host = await relay.host(code);
    await host.leave();
  }
  await relay.fenceLog();
  expect(relay.logs.count('code-taken', code)).toBe(0);
});

test('[L14] a host that comes back in the same turn as it leaves gets its code', async () => {
  const first = await relay.host();
  // At the same node: others learn of it a moment later (B13).
  const second = await relay.connectAsHost();
  first.vanish();
  await relay.logs.ending('left', first.code);
  second.send(loginHost(first.code));
  await second.loggedIn();
  await relay.player(Object.assign(second, { code: first.code }), '467');
});
