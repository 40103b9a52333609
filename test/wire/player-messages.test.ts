// Chapter P of SPEC.md, on the wire, but for the stamp itself: where a player's message goes and what ends a player.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { disconnectNotice } from '../harness/notices.js';
import { loginPlayer, useRelay } from '../harness/relay.js';

const relay = useRelay();

test("[P1] a player's message goes to its host with the player's id, and to no other peer", async () => {
  const host = await relay.host();
  const other = await relay.host();
  const player = await relay.player(host, '467');
  const neighbours = [await relay.player(host, '468'), await relay.player(host, '467')];
  const stranger = await relay.player(other, '467');
  player.send('{"action":"speed_change","speed":0.5}');
  expect(await host.next()).toBe('{"action":"speed_change","speed":0.5,"client_id":"467"}');
  for (const peer of [player, host, other, stranger, ...neighbours]) await peer.expectNothing();
});

test('[P1] a message with a receiver_id goes to the host all the same', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const receiver = await relay.player(host, '468');
  player.send('{"receiver_id":"468"}');
  expect(await host.next()).toBe('{"receiver_id":"468","client_id":"467"}');
  await receiver.expectNothing();
});

test('[P2] a binary message of a player arrives as text', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  player.sendBinary('{"name":"Zoë🚗"}');
  // A string: the harness hands out binary messages as bytes.
  expect(await host.next()).toBe('{"name":"Zoë🚗","client_id":"467"}');
});

test('[P2] a message in fragments, cut within a character, arrives whole', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  const bytes = Buffer.from('{"name":"Zoë🚗"}');
  const cut = bytes.indexOf(Buffer.from('🚗')) + 2;
  player.write(clientFrame(bytes.subarray(0, 3), { fin: false }));
  player.write(clientFrame(bytes.subarray(3, cut), { fin: false, opcode: opcode.continuation }));
  player.write(clientFrame('are you there?', { opcode: opcode.ping }));
  expect(await player.frame()).toMatchObject({ opcode: opcode.pong, payload: Buffer.from('are you there?') });
  player.write(clientFrame(bytes.subarray(cut), { opcode: opcode.continuation }));
  expect(await host.next()).toBe('{"name":"Zoë🚗","client_id":"467"}');
});

test('[P2] a message that arrives byte by byte is one message', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  await player.trickle('{"name":"Zoë🚗"}');
  expect(await host.next()).toBe('{"name":"Zoë🚗","client_id":"467"}');
});

test('[P7] two thousand messages of each of three players arrive in the order of each', async () => {
  const host = await relay.host();
  const players = [
    await relay.player(host, 'a'),
    await relay.player(host, 'b'),
    await relay.player(host, 'c'),
  ];
  for (let n = 0; n < 2_000; n++) for (const player of players) player.send(`{"n":${n}}`);
  const next = new Map(players.map(({ id }) => [id, 0]));
  for (const message of await host.take(6_000)) {
    const { n, client_id: id } = JSON.parse(message.toString()) as { n: number; client_id: string };
    expect(n).toBe(next.get(id));
    next.set(id, n + 1);
  }
});

const deep = `{"a":${'['.repeat(1_024)}${']'.repeat(1_024)}}`;
const notJson: [string, string | Buffer][] = [
  ['nothing', ''],
  ['white space', '  \n'],
  ['a word', 'hello'],
  ['a truncated object', '{"a":1'],
  ['two objects', '{"a":1}{"b":2}'],
  ['a trailing comma', '{"a":1,}'],
  ['a comment', '{"a":1/* one */}'],
  ['single quotes', "{'a':1}"],
  ['a bare name', '{a:1}'],
  ['NaN', '{"a":NaN}'],
  ['a leading zero', '{"a":01}'],
  ['a plus sign', '{"a":+1}'],
  ['a number that ends with a point', '{"a":1.}'],
  ['a raw line feed in a string', '{"a":"\n"}'],
  ['an unknown escape', String.raw`{"a":"\x41"}`],
  ['a half escape', String.raw`{"a":"\u12"}`],
  ['a missing value', '{"a":}'],
  ['a mismatched bracket', '{"a":[1}}'],
  ['a byte order mark', '\ufeff{"a":1}'],
  ['a no-break space', '\u00a0{"a":1}'],
  ['a zero byte behind it', '{"a":1}\0'],
  ['a byte that is not UTF-8', Buffer.from('{"a":"\xff"}', 'latin1')],
  ['an overlong encoding', Buffer.from([...Buffer.from('{"a":"'), 0xc0, 0xaf, ...Buffer.from('"}')])],
  ['a surrogate in UTF-8', Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')])],
];
const violations: [string, string, string, string | Buffer][] = [
  ...notJson.map(([what, payload]): [string, string, string, string | Buffer] => [
    'P8',
    what,
    'not-json',
    payload,
  ]),
  ...['null', 'true', '1', '"text"', '[]', '[{"a":1}]', ' [1] ', '-0.5e3'].map(
    (payload): [string, string, string, string] => ['P9', payload, 'not-an-object', payload],
  ),
  ['P10', '1,025 levels', 'too-deep', deep],
  ['P10', '100,000 levels', 'too-deep', `${'{"a":['.repeat(50_000)}${']}'.repeat(50_000)}`],
];

test('[P8] a player that sends text that is not JSON is disconnected, and its host gets the disconnect', async () => {
  await expectViolations('P8');
});

test('[P9] a player that sends JSON that is not an object is disconnected, and its host gets the disconnect', async () => {
  await expectViolations('P9');
});

test('[P10] a player that nests deeper than 1,024 levels is disconnected, and its host gets the disconnect', async () => {
  await expectViolations('P10');
});

async function expectViolations(rule: string): Promise<void> {
  const host = await relay.host();
  for (const [, what, ending, payload] of violations.filter(([of]) => of === rule)) {
    const player = await relay.player(host, what);
    player.send(payload);
    expect(await host.next(), what).toBe(disconnectNotice(what));
    await relay.expectEnded(player, ending, host.code, escapedForLog(what));
  }
  await host.expectNothing();
}

/** As it may look within a line of the log. */
function escapedForLog(id: string): string {
  return /[\w ,]*/.exec(id)?.[0] ?? '';
}

test('[P10] 1,024 levels are accepted', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const payload = `{"a":${'['.repeat(1_023)}${']'.repeat(1_023)}}`;
  player.send(payload);
  expect(await host.next()).toBe(`${payload.slice(0, -1)},"client_id":"467"}`);
});

test('[P12] messages after an offending one are not processed', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  player.write(clientFrame('{"n":1}'), clientFrame('oops'), clientFrame('{"n":2}'), clientFrame('{"n":3}'));
  expect(await host.take(2)).toEqual(['{"n":1,"client_id":"467"}', disconnectNotice('467')]);
  await player.rest();
  await host.expectNothing();
});
