// A page that is gone again before its login is answered: what it has missed is still there for the next one.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../../harness/frames.js';
import { connectNotice } from '../../harness/notices.js';
import { upgradeRequest } from '../../harness/raw-peer.js';
import { useRelay } from '../../harness/relay.js';
import { goingOn, hostAsking, keyOf, playerAsking, stayingHost, stayingPlayer } from './staying.js';

const relay = useRelay();

/** Status 1001, which a page sends that is reloaded. */
const GOING_AWAY = clientFrame(Buffer.from([0x03, 0xe9]), { opcode: opcode.close });

/** Logs in and is gone, in one segment. Resolves when the relay has ended the connection. */
async function comeAndGo(login: object, ...end: Buffer[]): Promise<void> {
  const page = await relay.rawConnect();
  page.write(upgradeRequest(), clientFrame(JSON.stringify(login)), ...end);
  page.halfClose();
  await page.rest();
}

test.each([
  ['a close frame', [GOING_AWAY]],
  ['the end of TCP', []],
])('[R18] a player whose login is followed by %s at once loses nothing', async (_, end) => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  player.stall();
  for (const message of ['one', 'two', 'three']) host.send(message);
  await host.fence();
  const wishes = { key: keyOf('467'), ...goingOn(player.welcome, 0) };
  await comeAndGo(playerAsking(host.code, '467', wishes), ...end);
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  expect(next.welcome).toMatchObject({ resumed: true });
  expect(await next.take(3)).toEqual(['one', 'two', 'three']);
});

test.each([
  ['a close frame', [GOING_AWAY]],
  ['the end of TCP', []],
])('[R25] a host whose login is followed by %s at once loses nothing', async (_, end) => {
  const host = await stayingHost(relay, { hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  host.stall();
  for (const n of [1, 2, 3]) player.send({ n });
  await player.fence();
  const wishes = { key: keyOf(host.code), hold: 60, ...goingOn(host.welcome, 1) };
  await comeAndGo(hostAsking(host.code, wishes), ...end);
  const next = await stayingHost(relay, { hold: 60, ...goingOn(host.welcome, 1) }, host.code);
  expect(next.welcome).toMatchObject({ resumed: true });
  expect(await next.take(3)).toEqual([1, 2, 3].map((n) => `{"n":${n},"client_id":"467"}`));
});
