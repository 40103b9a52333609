// Rule L16: what happens while the backend that embeds the relay makes up its mind.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import type { RawPeer } from '../harness/raw-peer.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { Question, startGuarded, type GuardedBackend } from './guarded-backend.js';

test('[L16] messages that a player sends while the backend decides arrive after its connect, in order', async () => {
  const { peers, guests } = await startGuarded();
  const host = await peers.host();
  const question = new Question();
  guests.player = question.ask;
  const said = Array.from({ length: 3_000 }, (_, n) => `{"n":${n},"pad":"${'x'.repeat(50)}"}`);
  const early = said.slice(0, 1_000);
  const player = await peers.rawSaying(loginPlayer(host.code, '467'), ...early);
  await question.asked;
  for (const text of said.slice(1_000)) player.write(clientFrame(text));
  await host.expectNothing();
  question.answer(true);
  const stamped = said.map((text) => `${text.slice(0, -1)},"client_id":"467"}`);
  expect(await host.take(3_001)).toEqual([connectNotice('467'), ...stamped]);
});

test('[L16] messages that a refused player sent while the backend decided reach no host', async () => {
  const { peers, guests } = await startGuarded();
  const host = await peers.host();
  const question = new Question();
  guests.player = question.ask;
  const player = await peers.rawSaying(loginPlayer(host.code, '467'), '{"n":1}', '{"n":2}');
  await question.asked;
  question.answer(false);
  expect(await player.frame()).toMatchObject({ opcode: opcode.close, payload: Buffer.alloc(0) });
  await host.expectNothing();
});

test('[L16] a malformed message that comes while the backend decides ends the player once it has joined', async () => {
  const { peers, guests, logs } = await startGuarded();
  const host = await peers.host();
  const question = new Question();
  guests.player = question.ask;
  const player = await peers.rawSaying(loginPlayer(host.code, '467'), '{"n":1}', 'oops', '{"n":2}');
  await question.asked;
  question.answer(true);
  const heard = [connectNotice('467'), '{"n":1,"client_id":"467"}', disconnectNotice('467')];
  expect(await host.take(3)).toEqual(heard);
  expect(await player.frame()).toMatchObject({ opcode: opcode.close, payload: Buffer.alloc(0) });
  await host.expectNothing();
  await logs.ending('not-json', '467');
});

interface Departure {
  go: (peer: RawPeer) => void;
  /** What was said behind the login: the relay reads no further then, and cannot notice the departure. */
  said?: string[];
  /** Whether the backend answers only when the relay has noticed. */
  noticed?: boolean;
}

const closes = (peer: RawPeer): void => peer.write(clientFrame('', { opcode: opcode.close }));
const vanishes = (peer: RawPeer): void => peer.vanish();

const departures: [string, Departure][] = [
  ['closes while the backend thinks', { go: closes, noticed: true }],
  ['vanishes while the backend thinks', { go: vanishes, noticed: true }],
  ['closes as the backend answers', { go: closes }],
  ['vanishes as the backend answers', { go: vanishes }],
  ['speaks and closes while the backend thinks', { go: closes, said: ['{"n":1}'] }],
  ['speaks and vanishes while the backend thinks', { go: vanishes, said: ['{"n":1}'] }],
];

/** Lets a peer log in and leave, and has the backend answer that it may stay. */
async function leaveEarly(
  { peers, logs }: GuardedBackend,
  login: string,
  question: Question,
  { go, said = [], noticed = false }: Departure,
): Promise<void> {
  const peer = await peers.rawSaying(login, ...said);
  await question.asked;
  go(peer);
  if (noticed) await logs.ending('left');
  question.answer(true);
  await logs.ending('left');
}

test.each(departures)('[L16] a player that %s is cleaned up', async (_, departure) => {
  const backend = await startGuarded();
  const host = await backend.peers.host();
  const question = new Question();
  backend.guests.player = question.ask;
  await leaveEarly(backend, loginPlayer(host.code, '467'), question, departure);
  await host.fence();
  // It may have been seated for a moment; then its host got both notices.
  const notices = host.inbox.drain().filter((text) => text.includes('"action"'));
  expect([[], [connectNotice('467'), disconnectNotice('467')]]).toContainEqual(notices);
  if (departure.noticed) expect(notices).toEqual([]);
  expect(backend.rooms.rooms()).toMatchObject([{ players: 0 }]);
});

test.each(departures)('[L16] a host that %s holds no code', async (_, departure) => {
  const backend = await startGuarded();
  const code = backend.peers.code();
  const question = new Question();
  backend.guests.host = question.ask;
  await leaveEarly(backend, loginHost(code), question, departure);
  backend.guests.host = () => true;
  await backend.peers.host(code);
  expect(backend.rooms.rooms()).toMatchObject([{ serverCode: code, players: 0 }]);
});

test('[L16] a player whose host leaves while the backend decides is disconnected', async () => {
  const { peers, guests } = await startGuarded();
  const host = await peers.host();
  const question = new Question();
  guests.player = question.ask;
  const player = await peers.saying(loginPlayer(host.code, '467'));
  await question.asked;
  await host.leave();
  question.answer(true);
  await peers.expectRefused(player, 'no-such-code', host.code, '467');
});

test('[L13] of two hosts that the backend checks at the same time, one gets the code', async () => {
  const { peers, guests } = await startGuarded();
  const code = peers.code();
  const questions = [new Question(), new Question()] as const;
  const open = [...questions];
  guests.host = () => open.shift()?.ask() ?? false;
  const first = await peers.saying(loginHost(code));
  await questions[0].asked;
  const second = await peers.saying(loginHost(code));
  await questions[1].asked;
  questions[1].answer(true);
  await second.fence();
  questions[0].answer(true);
  await peers.expectRefused(first, 'code-taken', code);
  await second.expectNothing();
});

test('[L16] a backend that stops while it decides does not wait for its own answer', async () => {
  const { app, peers, guests } = await startGuarded();
  const question = new Question();
  guests.host = question.ask;
  const host = await peers.saying(loginHost(peers.code()));
  await question.asked;
  await app.close();
  expect(await host.closed()).toEqual({ code: 1001, reason: '' });
});
