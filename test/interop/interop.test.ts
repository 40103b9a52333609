// The relay with real clients of other stacks: what a library does that ws does not, a party must survive.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { disconnectNotice } from '../harness/notices.js';
import { loginPlayer, Relay, useRelay } from '../harness/relay.js';
import { asHost, asPlayer, ID, objectOf, open, stamped } from './guests.js';
import { STACKS } from './stacks.js';

const relay = useRelay();

/** A large message, and the largest that the relay accepts. */
const SIZES = [900_000, 1_048_576];
const GREETING = '{"say":"grüße 🎉 €"}';
/** So many that some are still on their way when the close frame is sent. */
const MANY = Array.from({ length: 200 }, (_, n) => `{"n":${n}}`);
/** Longer than the write buffers of libraries that make fragments of what does not fit. */
const PARTS = [`{"a":"${'x'.repeat(5_000)}`, 'y'.repeat(5_000), `z"}`];

describe.each(STACKS.map((stack) => [stack.name, stack] as const))('%s', (name, stack) => {
  const why = stack.prepare();
  if (why !== undefined) {
    console.warn(`NOT TESTED, since it is not here: ${name}. ${why}`);
    test.skip('is not here', () => undefined);
    return;
  }

  test('[L15] opens with the subprotocol that it offers, logs in as a player, and both directions work', async () => {
    const { client, host } = await asPlayer(stack, relay);
    client.order(`text ${GREETING}`, `binary ${GREETING}`);
    expect(await host.take(2)).toEqual([stamped(GREETING), stamped(GREETING)]);
    host.send(GREETING);
    host.sendBinary(GREETING);
    host.send('');
    expect(await client.next()).toBe(`text ${GREETING}`);
    expect(await client.next()).toBe(`binary ${GREETING}`);
    expect(await client.next()).toBe('text');
  });

  test('[L2] logs in as a host, and both directions work', async () => {
    const { client, player } = await asHost(stack, relay);
    client.order(`text ${GREETING}`, `binary ${GREETING}`);
    expect(await player.take(2)).toEqual([GREETING, Buffer.from(GREETING)]);
    player.send(GREETING);
    expect(await client.next()).toBe(`text ${stamped(GREETING)}`);
    await player.leave();
    expect(await client.next()).toBe(`text ${disconnectNotice(ID)}`);
  });

  test.each(SIZES)('[P1] as a player sends and gets a message of %i bytes', async (bytes) => {
    const { client, host } = await asPlayer(stack, relay);
    const message = objectOf(bytes);
    client.order(`text ${message}`);
    expectSame(await host.next(), stamped(message));
    host.send(message);
    expectSame(await client.next(), `text ${message}`);
  });

  test.each(SIZES)('[H1] as a host sends and gets a message of %i bytes', async (bytes) => {
    const { client, player } = await asHost(stack, relay);
    const message = objectOf(bytes);
    client.order(`text ${message}`);
    expectSame(await player.next(), message);
    player.send(message);
    expectSame(await client.next(), `text ${stamped(message)}`);
  });

  test.skipIf(stack.cannot.includes('fragments'))(
    '[P3] a message in fragments, with pings between them, reaches the host as one',
    async () => {
      const { client, host } = await asPlayer(stack, relay);
      client.order(`fragments ${PARTS.join('\t')}`, `text ${GREETING}`);
      expect(await host.take(2)).toEqual([stamped(PARTS.join('')), stamped(GREETING)]);
    },
  );

  test.skipIf(stack.cannot.includes('pings'))(
    '[E10] the relay answers its pings with what is in them',
    async () => {
      const client = await open(stack, relay);
      client.order('ping before the login');
      expect(await client.next()).toBe('pong before the login');
    },
  );

  test.each(['', ' with messages right before it'])(
    '[N2] closes with 4001 and a reason%s, all arrives, and the relay answers the close',
    async (more) => {
      const { client, host } = await asPlayer(stack, relay);
      const messages = more === '' ? [] : MANY;
      client.order(...messages.map((message) => `text ${message}`), 'close 4001 bye');
      expect(await client.next()).toBe(stack.goodbye);
      const notices = [...messages.map((message) => stamped(message)), disconnectNotice(ID)];
      expect(await host.take(notices.length)).toEqual(notices);
    },
  );

  test('[E3] as a host closes right behind its messages, and they still reach the player', async () => {
    const { client, player } = await asHost(stack, relay);
    client.order(...MANY.map((message) => `text ${message}`), 'close 1000 over');
    expect(await player.take(MANY.length)).toEqual(MANY);
    expect((await player.closed()).code).toBe(1005);
  });

  test('[E1] gets all messages and then a close without status when its host has left', async () => {
    const { client, host } = await asPlayer(stack, relay);
    for (const message of MANY) host.send(message);
    await host.leave();
    for (const message of MANY) expect(await client.next()).toBe(`text ${message}`);
    expect(await client.next()).toBe(stack.silence);
  });

  test('[L5] gets a close without status when it asks for a code without a host', async () => {
    const client = await open(stack, relay);
    client.order(`text ${loginPlayer(relay.code(), ID)}`);
    expect(await client.next()).toBe(stack.silence);
  });

  test('[N2] its process is killed as a player, and the host gets the disconnect', async () => {
    const { client, host } = await asPlayer(stack, relay);
    await client.kill();
    expect(await host.next()).toBe(disconnectNotice(ID));
  });

  test('[L14] its process is killed as a host, and its player is closed', async () => {
    const { client, player } = await asHost(stack, relay);
    await client.kill();
    expect((await player.closed()).code).toBe(1005);
  });

  describe('and a separate relay', () => {
    const own = new Relay(['--player-silence', '3', '--host-silence', '3']);
    beforeEach(() => own.start());
    afterEach(() => own.kill());

    test('[A6] answers the pings of the relay', async () => {
      const { client, host } = await asPlayer(stack, own);
      const deaf = await own.rawUpgraded(loginPlayer(host.code, 'deaf'));
      expect(await host.next()).toBe('{"action":"connect","client_id":"deaf"}');
      // The client has said nothing for longer than this one.
      await deaf.rest();
      expect(await host.next()).toBe(disconnectNotice('deaf'));
      client.order(`text ${GREETING}`);
      expect(await host.next()).toBe(stamped(GREETING));
    });

    test('[E8] gets 1001 when the relay stops, and does not keep it from stopping', async () => {
      const { client } = await asPlayer(stack, own);
      const exit = own.program.stop();
      expect(await client.next()).toBe(stack.goingAway);
      expect(await exit).toEqual({ code: 0, signal: null });
    });
  });
});

/** Not by toBe alone, which would print both. */
function expectSame(got: string | Buffer, expected: string): void {
  expect(got.length).toBe(expected.length);
  expect(got === expected, 'the same bytes').toBe(true);
}
