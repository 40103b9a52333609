// Chapter H of SPEC.md, on the wire: whom a host's message reaches, and what it looks like there.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { loginHost, loginPlayer, useRelay, type Host, type Player } from '../harness/relay.js';

const relay = useRelay();

async function room(...ids: string[]): Promise<[Host, ...Player[]]> {
  const host = await relay.host();
  const players: Player[] = [];
  for (const id of ids) players.push(await relay.player(host, id));
  return [host, ...players];
}

/** Who of the players got `message`, proven by a broadcast behind it. */
async function receivers(message: string | Buffer, host: Host, players: Player[]): Promise<string[]> {
  host.send(message);
  host.send('fence');
  const got: string[] = [];
  for (const player of players) {
    const first = await player.next();
    if (first === 'fence') continue;
    expect(first).toEqual(message);
    expect(await player.next()).toBe('fence');
    got.push(player.id);
  }
  return got;
}

const broadcasts: [string, string | Buffer][] = [
  ['an object', '{"action":"vibrate","pattern":[50,30,50]}'],
  ['an object with odd spelling', ' { "n" : 1.0 , "n" : 12345678901234567890 }\n'],
  ['an empty message', ''],
  ['an empty binary message', Buffer.alloc(0)],
  ['a word', 'not JSON at all'],
  ['an array with a receiver_id', '[{"receiver_id":"a"}]'],
  ['a string with a receiver_id', '"{\\"receiver_id\\":\\"a\\"}"'],
  ['nearly a unicast', '{"receiver_id":"a"'],
  ['nearly a unicast, binary', Buffer.from('{"receiver_id":"a"} x')],
  ['bytes that are not UTF-8', Buffer.from([0, 0xff, 0xfe, 0x80, 0x7b])],
  ['a binary object', Buffer.from('{"a":1}')],
  ['a message of 300 kB', 'x🚗'.repeat(60_000)],
  ['a notice', '{"action":"connect","client_id":"a"}'],
  ['deep nesting', '['.repeat(20_000)],
];
test.each(broadcasts)('[H1] every player gets it byte for byte: %s', async (_, message) => {
  const [host, ...players] = await room('a', 'b', 'c');
  expect(await receivers(message, host, players)).toEqual(['a', 'b', 'c']);
  await host.expectNothing();
});

test('[H1] a binary message in fragments reaches the players whole', async () => {
  const code = relay.code();
  const host = await relay.rawUpgraded(loginHost(code), 'no player hears this');
  await host.fence();
  const player = await relay.connect();
  player.send(loginPlayer(code, 'a'));
  await host.frame();
  host.write(clientFrame('to', { opcode: opcode.binary, fin: false }));
  host.write(clientFrame('gether', { opcode: opcode.continuation }));
  expect(await player.next()).toEqual(Buffer.from('together'));
});

test('[H1] a message that arrives byte by byte is one message', async () => {
  const [host, player] = await room('a');
  await host.trickle('{"name":"Zoë🚗"}');
  expect(await player?.next()).toBe('{"name":"Zoë🚗"}');
});

const unicasts: [string, string | Buffer, string[]][] = [
  ['H2', '{"action":"phase_change","receiver_id":"a"}', ['a']],
  ['H2', '{"receiver_id":"b","n":12345678901234567890,"x":1.0}', ['b']],
  ['H2', ' { "receiver_id" : "b" } \n', ['b']],
  ['H2', Buffer.from('{"receiver_id":"a"}'), ['a']],
  ['H3', '{"receiver_id":"twin"}', ['twin', 'twin']],
  ['H4', '{"receiver_id":"nobody"}', []],
  ['H4', '{"receiver_id":"A"}', []],
  ['H4', '{"receiver_id":"a "}', []],
  ['H4', '{"receiver_id":""}', []],
  ['H4', '{"receiver_id":"__proto__"}', []],
  ['H5', '{"receiver_id":null}', []],
  ['H5', '{"receiver_id":5}', []],
  ['H5', '{"receiver_id":["a"]}', []],
  ['H5', '{"receiver_id":{"a":"a"}}', []],
  ['H5', '{"receiver_id":true}', []],
  ['H6', String.raw`{"\u0072eceiver\u005fid":"a"}`, ['a']],
  ['H6', String.raw`{"receiver_id":"\u0061"}`, ['a']],
  ['H6', '{"receiver_id":"a","receiver_id":"b"}', ['b']],
  ['H6', String.raw`{"receiver_id":"a","x":1,"receiver_\u0069d":"b"}`, ['b']],
  ['H6', '{"receiver_id":"a","receiver_id":7}', []],
  ['H6', '{"x":{"receiver_id":"a"}}', ['a', '5', 'b', 'twin', 'twin']],
  ['H6', '{"x":[{"receiver_id":"b"}],"receiver_id":"a"}', ['a']],
  ['H6', '{"__proto__":{"receiver_id":"a"}}', ['a', '5', 'b', 'twin', 'twin']],
];

async function expectUnicasts(rule: string): Promise<void> {
  const [host, ...players] = await room('a', '5', 'b', 'twin', 'twin');
  for (const [, message, expected] of unicasts.filter(([of]) => of === rule)) {
    expect(await receivers(message, host, players), message.toString()).toEqual(expected);
  }
  await host.expectNothing();
}

test('[H2] a message with a receiver_id reaches only the player with that id', async () => {
  await expectUnicasts('H2');
});

test('[H3] players that share an id all get the messages for it', async () => {
  await expectUnicasts('H3');
});

test('[H4] a message for an absent receiver reaches no player, and no peer learns of it', async () => {
  await expectUnicasts('H4');
});

test('[H5] a receiver_id that is not a string matches no player', async () => {
  await expectUnicasts('H5');
});

test('[H6] a receiver_id counts in any spelling, the last one wins, and nested ones do not count', async () => {
  await expectUnicasts('H6');
});

test.each(['"quoted"', 'back\\slash', '\0\n\x1f', '🚗', '\u2028', '1.0'])(
  '[H2] an id may be written with any characters: %j',
  async (id) => {
    const [host, ...players] = await room(id, 'other');
    expect(await receivers(JSON.stringify({ receiver_id: id }), host, players)).toEqual([id]);
  },
);

test('[H8] a player that joins later has missed earlier messages', async () => {
  const host = await relay.host();
  host.send('too early');
  host.send('{"receiver_id":"a"}');
  await host.fence();
  const player = await relay.player(host, 'a');
  host.send('in time');
  expect(await player.next()).toBe('in time');
  await host.expectNothing();
});
