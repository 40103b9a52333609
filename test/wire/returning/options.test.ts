// What an operator grants.
import { expect, test } from 'vitest';
import { TcpProxy } from '../../harness/tcp-proxy.js';
import { Connection, silently } from '../../harness/connection.js';
import { loginHost } from '../../harness/logins.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import { goingOn, hostAsking, stayingHost, stayingPlayer, wordsToHost } from './staying.js';

const relay = useRelay('--max-grace', '0', '--max-hold', '0');
const generous = useRelay('--grace', '6', '--max-players-per-room', '2', '--max-rooms', '2');
const probing = useRelay('--probe-host', '1', '--host-silence', '30');

test('[R37] limits of 0 grant nothing', async () => {
  const host = await stayingHost(relay, { grace: 60, hold: 60 });
  expect(host.welcome).toMatchObject({ grace: 0, hold: 0 });
  const player = await stayingPlayer(relay, host, '467');
  player.vanish();
  expect(await host.take(2)).toEqual([connectNotice('467'), disconnectNotice('467')]);
  const other = await stayingPlayer(relay, host, '468');
  host.vanish();
  expect(await other.closed()).toEqual({ code: 4000, reason: 'host-left' });
});

test('[R37] rooms and seats that are away count as those that are not', async () => {
  const host = await stayingHost(generous, { grace: 60, hold: 60 });
  const one = await stayingPlayer(generous, host, '1');
  await stayingPlayer(generous, host, '2');
  one.vanish();
  await host.take(2);
  await wordsToHost(host);
  const third = await generous.connect();
  third.send({ action: 'login_client', server_code: host.code, client_id: '3', $relay: {} });
  expect(await third.closed()).toEqual({ code: 4000, reason: 'room-full' });
  host.vanish();
  await generous.host();
  const further = await generous.connect();
  further.send({ action: 'login_server', server_code: generous.code(), $relay: {} });
  expect(await further.closed()).toEqual({ code: 4000, reason: 'too-many-rooms' });
});

test('[R15] with the option grace the relay keeps the seat of a keyed player for a host that has not asked', async () => {
  const host = await generous.host();
  const player = await stayingPlayer(generous, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  player.vanish();
  await generous.logs.ending('left', host.code, '467');
  const next = await stayingPlayer(generous, host, '467', goingOn(player.welcome, 0));
  expect(next.welcome).toMatchObject({ resumed: true, grace: 6 });
  await generous.expectParty(host, next);
  next.vanish();
  expect(await host.next()).toBe(disconnectNotice('467'));
  await host.leave();
});

test('[R39] a code that a dead connection holds is free as soon as the relay has looked', async () => {
  const proxy = await TcpProxy.to(Number(new URL(probing.url()).port));
  const code = probing.code();
  const host = await Connection.open(`ws://127.0.0.1:${proxy.port}`);
  host.send(loginHost(code));
  await host.fence();
  proxy.cut();
  const cutAt = performance.now();
  // A ping interval is 5 s, and a host that has missed no ping yet is left alone.
  const next = await untilGranted(code);
  expect(performance.now() - cutAt).toBeLessThan(25_000);
  await probing.logs.ending('missed-heartbeat', code);
  await next.expectNothing();
  await proxy.close();
});

/** A host that asks for the code again and again. */
async function untilGranted(code: string): Promise<Connection> {
  for (;;) {
    const host = await probing.connect();
    host.send(hostAsking(code, {}));
    const isOver = await Promise.race([host.closed().then(() => true), host.next().then(() => false)]).catch(
      () => true,
    );
    if (!isOver) return host;
  }
}

test('[R39] a host that lives keeps its code', async () => {
  const host = await probing.host();
  const other = await probing.connect();
  other.send(loginHost(host.code));
  expect(await other.closed()).toEqual(silently);
  await host.expectNothing();
});
