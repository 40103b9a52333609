// What operators see of those who are away and of those who came back, and what they can do.
import supertest from 'supertest';
import { expect, test, vi } from 'vitest';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import { Exposed } from '../metrics/exposed.js';
import {
  goingOn,
  stayingHost,
  stayingPlayer,
  wordsToHost,
  wordsToPlayer,
} from '../../wire/returning/staying.js';

const TOKEN = 'correct-horse-battery';
const relay = useRelay('--operator-token', TOKEN);

const http = (): ReturnType<typeof supertest> => supertest(relay.url('').replace('ws', 'http'));

async function metrics(): Promise<Exposed> {
  const { text } = await http().get('/metrics').auth(TOKEN, { type: 'bearer' }).expect(200);
  return new Exposed(text);
}

async function act(action: string, code: string, id?: string): Promise<void> {
  const asked = new URLSearchParams({ server_code: code, ...(id !== undefined && { client_id: id }) });
  const answer = http().post(`/console/${action}?${asked.toString()}`).auth(TOKEN, { type: 'bearer' });
  await answer.expect(200, { count: 1 });
}

test('[R38] metrics count those who are away, those who came back, and what is kept for them', async () => {
  const host = await stayingHost(relay, { grace: 60, hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const other = await stayingPlayer(relay, host, '468');
  await host.take(2);
  const before = await metrics();
  player.vanish();
  await wordsToHost(host);
  host.send('x'.repeat(5_000));
  await host.fence();
  const meanwhile = await metrics();
  expect(meanwhile.value('carparty_away{role="player"}')).toBe(1);
  expect(meanwhile.value('carparty_kept_bytes')).toBeGreaterThan(5_000);
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  host.vanish();
  expect(await other.next()).toHaveLength(5_000);
  expect(await wordsToPlayer(other)).toEqual({ $relay: 'away' });
  expect(await next.next()).toHaveLength(5_000);
  await vi.waitFor(async () => expect((await metrics()).value('carparty_away{role="host"}')).toBe(1));
  const back = await stayingHost(relay, { hold: 60, grace: 60, players: 'keep' }, host.code);
  await back.take(2);
  const after = await metrics();
  const grown = (labelled: string): number => (after.value(labelled) ?? 0) - (before.value(labelled) ?? 0);
  expect(grown('carparty_returns_total{role="player",resumed="yes"}')).toBe(1);
  expect(grown('carparty_returns_total{role="host",resumed="no"}')).toBe(1);
  expect(grown('carparty_replayed_messages_total{role="player"}')).toBe(1);
  expect(after.value('carparty_away{role="host"}')).toBe(0);
});

test('[R38] the log says that a room waits, that its host is back, and that it did not come back', async () => {
  const host = await stayingHost(relay, { hold: 1 });
  host.vanish();
  const next = await stayingHost(relay, { hold: 1 }, host.code);
  next.vanish();
  const lines = (words: string): number =>
    relay.logs.lines.filter(({ text }) => text.includes(host.code) && text.includes(words)).length;
  await vi.waitFor(() => expect(lines('did not come back')).toBe(1), 20_000);
  // Equal lines of one address are counted, and not all written (O17).
  expect(lines('is away, and its room waits for it')).toBeGreaterThan(0);
  expect(lines('took its room back')).toBe(1);
});

test('[R38] the log says that a seat waits, that its player took it again, and that it did not come back', async () => {
  const host = await stayingHost(relay, { grace: 1 });
  (await stayingPlayer(relay, host, '467')).vanish();
  await host.take(2);
  (await stayingPlayer(relay, host, '467')).vanish();
  const lines = (words: string): number =>
    relay.logs.lines.filter(
      ({ text }) => text.startsWith(`Player 467 of ${host.code}`) && text.includes(words),
    ).length;
  await vi.waitFor(() => expect(lines('did not come back')).toBe(1), 20_000);
  expect(lines('is away, and its seat waits for it')).toBe(2);
  expect(lines('took its seat again')).toBe(1);
});

test('[O9] an operator ends a player that is away, and closes a room whose host is', async () => {
  const host = await stayingHost(relay, { grace: 60, hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const other = await stayingPlayer(relay, host, '468');
  expect(await host.take(2)).toEqual([connectNotice('467'), connectNotice('468')]);
  player.vanish();
  expect(await wordsToHost(host)).toMatchObject({ $relay: 'away' });
  await act('end-player', host.code, '467');
  expect(await host.next()).toBe(disconnectNotice('467'));
  host.vanish();
  expect(await wordsToPlayer(other)).toEqual({ $relay: 'away' });
  await act('close-room', host.code);
  expect(await other.closed()).toEqual({ code: 4000, reason: 'host-left' });
  await relay.host(host.code);
});
