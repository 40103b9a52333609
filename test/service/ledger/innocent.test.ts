// Games and phones that do nothing wrong, whatever they look like.
import { expect, onTestFinished, test } from 'vitest';
import type { Peer } from '../../../src/relay/rooms/peer.js';
import { RoomDirectory } from '../../../src/relay/rooms/room-directory.js';
import { Connection } from '../../harness/connection.js';
import { loginHost, type Host } from '../../harness/relay.js';
import { goingOn, stayingHost, stayingPlayer } from '../../wire/returning/staying.js';
import { Lint } from './lint.js';

/** What a game that does nothing wrong may do, or have done to it, and might be suspected for. */
const innocent: [string, (host: Host, lint: Lint) => Promise<unknown>][] = [
  [
    'many phones of one flat that look in and leave',
    async (host, { backend: { peers } }) => {
      for (let n = 0; n < 30; n++) {
        await (await peers.player(host, `phone ${n}`)).leave();
        await host.next();
      }
    },
  ],
  [
    'messages to players who have left, be it in thousands of others',
    async (host, { backend: { peers } }) => {
      const ids = Array.from({ length: 20 }, (_, n) => `${n}`);
      for (const id of ids) {
        await (await peers.player(host, id)).leave();
        await host.next();
      }
      for (const id of ids) host.send({ receiver_id: id });
      await host.fence();
    },
  ],
  [
    'broadcasts in another language than JSON',
    async (host) => {
      host.send('score 12345678901234567890 for "receiver_id": all');
      host.send('["receiver_id", nan]');
      host.send('{"a":{"receiver_id":"467"},"x":nan}');
      host.send('{"text":"\\"receiver_id\\":","x":nan}');
      host.send('{"x":nan}{"receiver_id":"467"}');
      host.send('[{"receiver_id":"467"}]');
      host.send(Buffer.from([0x7b, 0x22, 0, 255, 0x31, 0x31]));
      await host.fence();
    },
  ],
  [
    'integers that are large and exact',
    async (host) => {
      host.send({ a: 2 ** 53, b: 2 ** 60, c: 1e16 });
      await host.fence();
    },
  ],
  [
    'a large message to browsers',
    async (host, { backend: { peers } }) => {
      const player = await peers.player(host, '467');
      host.send({ picture: 'x'.repeat(200_000) });
      await player.next();
    },
  ],
];
test.each(innocent)('[O16] the relay reports no mistake for %s', async (_, happens) => {
  const lint = await Lint.start();
  const host = await lint.backend.peers.host();
  expect(await lint.look(() => happens(host, lint))).toEqual([]);
  expect(await lint.look(() => happens(host, lint))).toEqual([]);
});

test.each([
  ['a web page', { Origin: 'http://games.example' }],
  ['a library', { 'User-Agent': 'Java-http-client/17' }],
])(
  '[O16] the relay does not report large messages to %s: it is not a game made with Godot',
  async (_, headers) => {
    const lint = await Lint.start();
    const { port, peers } = lint.backend;
    const connection = await Connection.open(`ws://127.0.0.1:${port}`, { headers });
    onTestFinished(() => connection.dispose());
    connection.send(loginHost('PAGE'));
    await connection.fence();
    await connection.fence();
    const player = await peers.player(Object.assign(connection, { code: 'PAGE' }), '467');
    const found = await lint.look(async () => {
      player.send({ drawing: 'x'.repeat(100_000) });
      await connection.next();
    });
    expect(found).toEqual([]);
  },
);

test('[O16] a receiver that was here from another node does not count as one that was never here', async () => {
  const lint = await Lint.start();
  const host = await lint.backend.peers.host('SNEK');
  const room = lint.backend.app.get(RoomDirectory, { strict: false }).find('SNEK')!;
  const nothing = (): void => undefined;
  const methods = ['send', 'sendFrames', 'hold', 'release', 'end', 'fail'];
  const guest = Object.fromEntries(methods.map((name) => [name, nothing])) as unknown as Peer;
  room.leave(room.join('467', guest), guest);
  await host.take(2);
  const found = await lint.look(async () => {
    host.send({ receiver_id: '467' });
    await host.fence();
  });
  expect(found).toEqual([]);
});

test.each<[string, (host: Connection) => void]>([
  ['was lost', (host) => host.vanish()],
  ['has not been found dead yet', () => undefined],
])(
  '[O16] a host that comes back when its connection %s may write to players that came and went before',
  async (_, happens) => {
    const lint = await Lint.start();
    const { peers } = lint.backend;
    const host = await stayingHost(peers, { hold: 60 });
    const player = await stayingPlayer(peers, host, '467');
    await host.next();
    await player.leave(1000);
    await host.next();
    happens(host);
    const back = await stayingHost(peers, { hold: 60, ...goingOn(host.welcome, 2) }, host.code);
    expect(back.welcome).toMatchObject({ resumed: true });
    const found = await lint.look(async () => {
      back.send({ receiver_id: '467' });
      await back.fence();
    });
    expect(found).toEqual([]);
  },
);

test('[O16] the relay reports the mistakes of a game once, also after its host has come back', async () => {
  const lint = await Lint.start();
  const host = await stayingHost(lint.backend.peers, { hold: 60 });
  const err = async (one: Connection): Promise<void> => {
    one.send({ receiver_id: 467 });
    await one.fence();
  };
  expect(await lint.look(() => err(host))).toEqual([['receiver-not-text', 1]]);
  host.vanish();
  const back = await stayingHost(lint.backend.peers, { hold: 60 }, host.code);
  expect(await lint.look(() => err(back))).toEqual([['receiver-not-text', 2]]);
});
