// Rule E8: how the program stops, whatever is connected to it.
import { afterEach, expect, test } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, loginPlayer, Relay } from '../harness/relay.js';

const GOING_AWAY = Buffer.from([0x03, 0xe9]);

let relay = new Relay([]);
afterEach(() => relay.kill());

async function startRelay(): Promise<void> {
  relay = new Relay([]);
  await relay.start();
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const)(
  '[E8] on %s all peers get 1001 and the program exits with 0',
  async (signal) => {
    await startRelay();
    const host = await relay.host();
    const players = [await relay.player(host, '467'), await relay.player(host, '468')];
    const exit = relay.program.stop(signal);
    for (const peer of [host, ...players]) expect((await peer.closed()).code).toBe(1001);
    expect(await exit).toEqual({ code: 0, signal: null });
    for (const { id } of players) expect(relay.logs.count('shutdown', host.code, id)).toBe(1);
    expect(relay.logs.count('shutdown', host.code)).toBe(3);
    for (const peer of [host, ...players]) expect(peer.inbox.waiting).toEqual([]);
  },
);

test('[E8] the program exits even with peers that do not answer, do not read or never spoke', async () => {
  await startRelay();
  const code = relay.code();
  const mute = await relay.rawUpgraded(loginHost(code));
  await mute.fence();
  const mutePlayer = await relay.rawUpgraded(loginPlayer(code, '467'));
  await mute.frame();
  const host = await relay.host();
  const stalled = await relay.player(host, '468');
  stalled.stall();
  for (let n = 0; n < 20; n++) host.send('x'.repeat(500_000));
  await host.fence();
  await relay.rawConnect();
  const half = await relay.rawConnect();
  half.write(upgradeRequest().slice(0, 60));
  const open = await relay.rawUpgraded();
  const within = await relay.rawUpgraded();
  within.write(clientFrame('{"action":"login_server"}').subarray(0, 10));
  const kept = await relay.rawConnect();
  kept.write('GET / HTTP/1.1\r\nHost: relay.example\r\nConnection: keep-alive\r\n\r\n');
  await kept.head();

  const begun = performance.now();
  const exit = relay.program.stop();
  for (const peer of [mute, mutePlayer]) {
    expect(await peer.frame()).toMatchObject({ opcode: opcode.close, payload: GOING_AWAY });
    expect(await peer.rest()).toEqual([]);
  }
  await open.rest();
  expect(await exit).toEqual({ code: 0, signal: null });
  // 3 s by the rule; without any bound, an open TCP connection would keep the program for minutes.
  expect(performance.now() - begun).toBeLessThan(30_000);
});

test('[E8] a second signal exits at once', async () => {
  await startRelay();
  const host = await relay.rawUpgraded(loginHost(relay.code()));
  await host.fence();
  relay.program.signal('SIGTERM');
  // The relay now gives the host a second to answer.
  expect((await host.frame()).opcode).toBe(opcode.close);
  // An orderly stop would wait for that second and exit with 0.
  const exit = await relay.program.stop('SIGTERM');
  expect(exit).not.toEqual({ code: 0, signal: null });
});

test('[E8] no peer is let in while the relay stops', async () => {
  await startRelay();
  const host = await relay.rawUpgraded(loginHost(relay.code()));
  await host.fence();
  const early = await relay.connect();
  const exit = relay.program.stop();
  expect((await host.frame()).payload).toEqual(GOING_AWAY);
  early.send(loginHost(relay.code()));
  await early.closed();
  await expect(relay.connect()).rejects.toThrow();
  expect(await exit).toEqual({ code: 0, signal: null });
});
