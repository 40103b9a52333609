// A whole party by the client alone, on our relay and on another implementation of the protocol.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proposeCode } from '../../client/src/index.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';
import { relays } from './relays.js';

usePeers();

describe.each(relays)('on %s', (_, make) => {
  const relay = make();
  beforeAll(() => relay.start());
  afterAll(() => relay.stop());

  test("a player's message reaches the host with the player's id, and the answer reaches only that player", async () => {
    const { url } = relay;
    const host = await TestHost.open({ url });
    const [mia, ben] = ['mia', 'ben'].map(
      (clientId) => new TestPlayer({ url, clientId, code: host.host.code }),
    );
    const joined = [await host.next(), await host.next()];
    expect(joined.sort()).toEqual(['+ben', '+mia']);
    mia?.player.send({ say: 'hello' });
    expect(await host.next()).toBe('mia: {"say":"hello"}');
    host.host.sendTo('mia', { say: 'welcome' });
    host.host.broadcast({ say: 'go' });
    expect(await mia?.next()).toEqual({ say: 'welcome' });
    expect(await mia?.next()).toEqual({ say: 'go' });
    expect(await ben?.next()).toEqual({ say: 'go' });
  });

  test('the host hears of each connection, and two connections of one phone count as one player', async () => {
    const { url } = relay;
    const host = await TestHost.open({ url });
    const options = { url, clientId: 'mia', code: host.host.code };
    const first = new TestPlayer(options);
    expect(await host.next()).toBe('+mia');
    const second = new TestPlayer(options);
    expect(await host.next()).toBe('+mia back');
    second.player.send({ say: 'again' });
    expect(await host.next()).toBe('mia: {"say":"again"}');
    first.player.close();
    second.player.send({ say: 'still here' });
    expect(await host.next()).toBe('mia: {"say":"still here"}');
    expect(host.host.players).toEqual(['mia']);
    second.player.close();
    expect(await host.next()).toBe('-mia');
    expect(host.host.players).toEqual([]);
  });

  test('a drawing that is too large ends neither the connection of the player nor that of the party', async () => {
    const host = await TestHost.open({ url: relay.url });
    const mia = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    expect(await host.next()).toBe('+mia');
    const png = { say: 'A'.repeat(2 * 1024 * 1024) };
    const rejected: unknown[] = [];
    host.host.on('rejected', ({ bytes }) => rejected.push(bytes));
    mia.player.on('rejected', ({ bytes }) => rejected.push(bytes));
    expect([mia.player.send(png), host.host.broadcast(png)]).toEqual([false, false]);
    expect(rejected).toEqual([2_097_162, 2_097_162]);
    mia.player.send({ say: 'still here' });
    expect(await host.next()).toBe('mia: {"say":"still here"}');
    host.host.sendTo('mia', { say: 'me too' });
    expect(await mia.next()).toEqual({ say: 'me too' });
  });

  test('a player may type the code in lower case and with spaces around it', async () => {
    const host = await TestHost.open({ url: relay.url });
    const code = `  ${host.host.code.toLowerCase()} `;
    const { player } = new TestPlayer({ url: relay.url, clientId: 'mia', code });
    expect(await host.next()).toBe('+mia');
    expect(player.code).toBe(host.host.code);
  });

  test('a host that proposes a taken code opens its party under another code', async () => {
    const first = await TestHost.open({ url: relay.url });
    const second = await TestHost.open({ url: relay.url, preferredCode: first.host.code });
    expect(second.host.code).not.toBe(first.host.code);
    new TestPlayer({ url: relay.url, clientId: 'mia', code: second.host.code });
    expect(await second.next()).toBe('+mia');
  });

  test('a host that insists on a taken code gives up and says so', async () => {
    const { host } = await TestHost.open({ url: relay.url });
    const other = new TestHost({ url: relay.url, code: host.code });
    expect(await other.statuses.until('ended')).toEqual({
      code: 'code-taken',
      text: `Another game already runs under ${host.code}.`,
    });
  });

  test('a player with a wrong code gives up, with the code in its reason', async () => {
    const code = proposeCode(8);
    const { statuses } = new TestPlayer({ url: relay.url, code });
    expect((await statuses.until('ended'))?.text).toMatch(
      new RegExp(`no game is running under ${code}`, 'i'),
    );
  });

  test('messages sent before there is a connection arrive after the login, in order', async () => {
    const host = await TestHost.open({ url: relay.url });
    const { player } = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    for (const say of ['one', 'two', 'three']) player.send({ say });
    expect(await host.next()).toBe('+mia');
    for (const say of ['one', 'two', 'three']) expect(await host.next()).toBe(`mia: {"say":"${say}"}`);
  });

  test('after a restart of the relay all peers are back under the same code, and no queued message is lost', async () => {
    const host = await TestHost.open({ url: relay.url });
    const mia = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    expect(await host.next()).toBe('+mia');
    const { code } = host.host;
    await mia.statuses.until('joined');
    await relay.stop();
    expect(await host.next()).toBe('-mia');
    await mia.statuses.until('waiting');
    mia.player.send({ say: 'I waited' });
    await relay.start();
    expect(await host.next()).toBe('+mia');
    expect(await host.next()).toBe('mia: {"say":"I waited"}');
    expect(host.host.code).toBe(code);
    host.host.sendTo('mia', { say: 'welcome back' });
    expect(await mia.next()).toEqual({ say: 'welcome back' });
  });

  test('when the host leaves, its players wait for it and are back as soon as it is', async () => {
    const host = await TestHost.open({ url: relay.url });
    const mia = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    expect(await host.next()).toBe('+mia');
    await mia.statuses.until('joined');
    host.host.close();
    await mia.statuses.until('waiting');
    const again = await TestHost.open({ url: relay.url, code: host.host.code });
    expect(await again.next()).toBe('+mia');
    await mia.statuses.until('joined');
  });

  test('a peer that has left stays away, and does not queue later messages', async () => {
    const host = await TestHost.open({ url: relay.url });
    const { player, statuses } = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    expect(await host.next()).toBe('+mia');
    player.close();
    expect(await host.next()).toBe('-mia');
    expect((await statuses.until('ended'))?.code).toBe('left');
    expect(player.send({ say: 'too late' })).toBe(false);
    player.retry();
    expect(await host.next()).toBe('+mia');
  });
});
