// Rules E6, E7 and C5, on the wire: what the operator reads about each ending.
import { expect, test } from 'vitest';
import { clientFrame } from '../harness/frames.js';
import { loginHost, loginPlayer, useRelay, type Player } from '../harness/relay.js';

const relay = useRelay();

const SECRET = 'what-was-said-stays-between-them';

const endings: [string, string, (player: Player) => unknown][] = [
  ['left', 'debug', (player) => player.leave(1000)],
  ['left', 'debug', (player) => player.vanish()],
  ['not-json', 'warn', (player) => player.send(SECRET)],
  ['not-an-object', 'warn', (player) => player.send(`["${SECRET}"]`)],
  ['too-deep', 'warn', (player) => player.send(`{"${SECRET}":${'['.repeat(2_000)}${']'.repeat(2_000)}}`)],
  ['too-large', 'warn', (player) => player.send({ a: SECRET.repeat(40_000) })],
  ['protocol-error', 'warn', (player) => player.breakProtocol()],
];

/** A word of the list of endings, not as a part of another word. */
const anyEnding = new RegExp(
  `(?<![\\w-])(${[...endings.map(([name]) => name), 'host-left', 'code-taken', 'no-such-code', 'bad-login', 'internal-error', 'shutdown'].join('|')})(?![\\w-])`,
);

/** The names of the endings that the log has for the connection with this code and id, with their levels. */
function logged(code: string, id: string): [string | undefined, string | undefined][] {
  return relay.logs.lines
    .filter(({ text }) => text.includes(code) && text.includes(id) && anyEnding.test(text))
    .map(({ text, level }) => [anyEnding.exec(text)?.[1], level]);
}

test.each(endings)('[E6] an ending by %s is one line at level %s', async (name, level, go) => {
  const host = await relay.host();
  const player = await relay.player(host, 'player-one');
  player.send({ a: SECRET });
  await player.fence();
  await go(player);
  await relay.logs.ending(name, host.code, 'player-one');
  await player.closed();
  await relay.fenceLog();
  expect(logged(host.code, 'player-one')).toEqual([[name, level]]);
});

test('[E6] a host that leaves, and each of its players, has one log line', async () => {
  const host = await relay.host();
  const players = [await relay.player(host, 'player-one'), await relay.player(host, 'player-two')];
  await host.leave();
  for (const player of players) {
    await player.closed();
    await relay.logs.ending('host-left', host.code, player.id);
    await relay.fenceLog();
    expect(logged(host.code, player.id)).toEqual([['host-left', 'debug']]);
  }
  expect(logged(host.code, '').filter(([name]) => name === 'left')).toHaveLength(1);
});

test('[E6] each refused login is one line, with what it asked for', async () => {
  const host = await relay.host();
  const nowhere = relay.code();
  const refused: [string, string, string, string][] = [
    [loginHost(host.code), 'code-taken', host.code, ''],
    [loginPlayer(nowhere, 'player-one'), 'no-such-code', nowhere, 'player-one'],
  ];
  for (const [login, name, code, id] of refused) {
    const connection = await relay.connect();
    connection.send(login);
    await relay.expectEnded(connection, name, code, id);
    await relay.fenceLog();
    expect(logged(code, id)).toEqual([[name, 'warn']]);
  }
});

test('[O17] the line of an ending has all its counters, and the line of a refusal what is known', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  host.send('all');
  await player.next();
  await player.leave();
  const { raw } = await relay.logs.ending('left', host.code, '467');
  const counts = ['connection', 'duration', 'messagesIn', 'messagesOut', 'bytesIn', 'bytesOut', 'waiting'];
  const line = JSON.parse(raw) as Record<string, unknown>;
  for (const name of counts) expect([name, typeof line[name]]).toEqual([name, 'number']);
  const who = { role: 'player', serverCode: host.code, clientId: '467', address: '127.0.0.1' };
  expect(line).toMatchObject({ ...who, ending: 'left', rule: 'N2', messagesIn: 1, messagesOut: 1 });
  const nowhere = relay.code();
  const stranger = await relay.connect();
  stranger.send(loginPlayer(nowhere, '468'));
  await relay.expectEnded(stranger, 'no-such-code', nowhere);
  const refused = await relay.logs.ending('no-such-code', nowhere);
  const asked = { role: 'player', serverCode: nowhere, clientId: '468', ending: 'no-such-code', rule: 'L5' };
  expect(JSON.parse(refused.raw)).toMatchObject({ ...asked, level: 'warn', messagesIn: 1, messagesOut: 0 });
});

test('[E6] the log never contains a payload', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  host.send(SECRET);
  await player.next();
  const stranger = await relay.connect();
  stranger.send({ action: SECRET, [SECRET]: SECRET });
  await relay.expectEnded(stranger, 'bad-login');
  const broken = await relay.rawUpgraded();
  broken.write(clientFrame(SECRET, { rsv: 7 }));
  await broken.rest();
  await relay.fenceLog();
  expect(relay.logs.lines.filter(({ raw }) => raw.includes(SECRET))).toEqual([]);
});

test('[E7] control characters in codes and ids are escaped, so that no peer can forge a log line', async () => {
  const code = `${relay.code()}\u001b[2J\r\n{"level":"error","message":"forged"}`;
  const id = 'evil\u001b[31m\n\u0000\u0085\u2028\u202eend';
  const host = await relay.host(code);
  const player = await relay.player(host, id);
  player.send('oops');
  const line = await relay.logs.ending('not-json', code.slice(0, 8), 'evil', 'end');
  await relay.fenceLog();
  expect(line.text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(relay.logs.lines.filter(({ text }) => text === 'forged')).toEqual([]);
  expect(relay.logs.lines.filter(({ level }) => level === undefined)).toEqual([]);
});
