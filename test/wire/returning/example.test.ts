// The example of "Staying" in PROTOCOL.md, over networks that break.
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { Staying, type Words } from '../../../examples/staying/staying.mjs';
import { runScript } from '../../embed/scripts.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import { TcpProxy } from '../../harness/tcp-proxy.js';
import { hostAsking, keyOf, playerAsking } from './staying.js';

const relay = useRelay();
const peers: Example[] = [];

// As in a browser.
beforeAll(() => vi.stubGlobal('WebSocket', WebSocket));
afterAll(() => vi.unstubAllGlobals());
afterEach(() => {
  for (const { staying } of peers.splice(0)) staying.leave();
});

type Heard = string | ArrayBuffer | Words;

/** A peer of the example, what it has heard, and `began` for each stream. */
interface Example {
  readonly staying: Staying;
  readonly network: TcpProxy;
  readonly heard: Heard[];
  /** Until it has heard that. */
  until(message: Heard): Promise<void>;
}

async function example(login: object): Promise<Example> {
  const network = await TcpProxy.to(Number(new URL(relay.url()).port));
  onTestFinished(() => network.close());
  const heard: Heard[] = [];
  const staying = new Staying(`ws://127.0.0.1:${network.port}`, login, {
    began: () => heard.push('began'),
    heard: (message) => heard.push(message),
    ended: (reason) => heard.push(reason),
  });
  const until = (message: Heard): Promise<void> =>
    vi.waitFor(() => expect(heard).toContainEqual(message), { timeout: 30_000 });
  peers.push({ staying, network, heard, until });
  await vi.waitFor(() => expect(heard).not.toEqual([]), { timeout: 30_000 });
  return { staying, network, heard, until };
}

async function party(): Promise<{ host: Example; phone: Example; code: string }> {
  const code = relay.code();
  const host = await example(hostAsking(code, { key: keyOf(code), grace: 60, hold: 60 }));
  const phone = await example(playerAsking(code, '467', { key: keyOf('467') }));
  await host.until(connectNotice('467'));
  return { host, phone, code };
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => JSON.stringify({ n: from + at }));
const stamped = (message: string): string => message.replace('}', ',"client_id":"467"}');
const withoutWords = ({ heard }: Example): Heard[] => heard.filter((message) => typeof message === 'string');

/** Each breaks a network, and the peer behind it does what a page would. */
const BREAKS: Readonly<Record<string, (peer: Example) => void>> = {
  'is reset': ({ network }) => network.reset(),
  'hangs, and another network is there': ({ network, staying }) => {
    network.strand();
    staying.again();
  },
  'hangs, and its old connection is heard later': ({ network, staying }) => {
    network.strand();
    staying.again();
    setTimeout(() => network.heal(), 300);
  },
  'works, and is doubted': ({ staying }) => staying.again(),
};

test.each(
  Object.entries(BREAKS).flatMap(([what, act]) =>
    (['phone', 'host'] as const).map((who) => [who, what, act] as const),
  ),
)('[R18] when the network of a %s %s, each message comes once, in order, both ways', async (who, _, act) => {
  const { host, phone } = await party();
  const broken = who === 'phone' ? phone : host;
  for (let round = 0; round < 3; round++) {
    const messages = numbered(40 * round + 1, 40 * round + 40);
    for (const message of messages) {
      host.staying.send(message);
      phone.staying.send(message);
      if (message === messages[10]) act(broken);
      // So that some are sent at each moment of a return.
      await setImmediate();
    }
    await phone.until(messages.at(-1) ?? '');
    await host.until(stamped(messages.at(-1) ?? ''));
  }
  expect(withoutWords(phone)).toEqual(['began', ...numbered(1, 120)]);
  expect(withoutWords(host)).toEqual(['began', connectNotice('467'), ...numbered(1, 120).map(stamped)]);
});

test('[R19] a phone that is reloaded begins a stream, and its page before learns that it was replaced', async () => {
  const { host, phone, code } = await party();
  const next = await example(playerAsking(code, '467', { key: keyOf('467') }));
  expect(next.heard).toEqual(['began']);
  await phone.until('replaced');
  await host.until({ $relay: 'back', client_id: '467', resumed: false });
});

test('[R20] a phone that no longer has what the relay did not take begins a stream', async () => {
  const { host, phone } = await party();
  phone.network.cut();
  for (const message of numbered(1, 400)) phone.staying.send(message);
  phone.network.reset();
  phone.network.heal();
  await vi.waitFor(() => expect(phone.heard).toEqual(['began', 'began']), { timeout: 30_000 });
  phone.staying.send('{"n":401}');
  await host.until(stamped('{"n":401}'));
});

test('[R10] a phone that leaves is gone at once', async () => {
  const { host, phone } = await party();
  phone.staying.leave();
  await host.until(disconnectNotice('467'));
});

test('[R5] a phone whose code is wrong learns it', async () => {
  const phone = await example(playerAsking(relay.code(), '467', { key: keyOf('467') }));
  expect(phone.heard).toEqual(['no-such-code']);
});

test('[R18] the example counts over broken connections', async () => {
  const { code, output } = await runScript('examples/staying/play.mjs', relay.url());
  expect(output).toContain(
    'Each of 400 messages and answers came once, in order, over 5 broken connections.',
  );
  expect(code).toBe(0);
});
