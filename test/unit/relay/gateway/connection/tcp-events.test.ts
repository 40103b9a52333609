// What a connection hears of its stream: the same over TCP, over TLS and of a stream that cannot share its memory.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { type StreamListener, listenTo } from '../../../../../src/relay/gateway/connection/tcp-events.js';
import { within } from '../../../../harness/deadline.js';
import { type SocketPair, useSocketPairs } from '../../../../harness/socket-pairs.js';

const pairs = useSocketPairs();

/** A stream of another kind, as a proxy within a backend might give it. */
function otherPair(): Promise<SocketPair> {
  const ends: [Duplex?, Duplex?] = [];
  const end = (other: 0 | 1): Duplex =>
    new Duplex({
      allowHalfOpen: true,
      read: () => undefined,
      write: (chunk, _encoding, done) => {
        ends[other]?.push(chunk);
        done();
      },
      final: (done) => {
        ends[other]?.push(null);
        done();
      },
    });
  ends.push(end(1), end(0));
  return Promise.resolve({ near: ends[0] as Socket, far: ends[1] as Socket });
}

class Listener implements StreamListener {
  readonly heard: string[] = [];
  /** What it says of the next reads. */
  goesOn = true;
  readonly inbox = {
    read: (bytes: Buffer, end: number): boolean => {
      this.bytes += bytes.toString('latin1', 0, end);
      return this.goesOn;
    },
    end: (): void => void this.heard.push('end'),
  };
  bytes = '';

  closed(): void {
    this.heard.push('closed');
  }
}

async function comes(what: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(what()).toBe(true), { timeout: 60_000, interval: 2 });
}

describe.each([
  ['over TCP', pairs.tcp],
  ['over TLS', pairs.tls],
  ['of another stream', otherPair],
])('%s', (_name, pair) => {
  test('all bytes are read, then the end, then the close', async () => {
    const { near, far } = await pair();
    const listener = new Listener();
    listenTo(near, listener);
    far.write('a');
    await comes(() => listener.bytes === 'a');
    far.end('b');
    await comes(() => listener.heard.includes('end'));
    expect(listener.bytes).toBe('ab');
    // The other side is still open.
    const answer = once(far, 'data');
    near.write('c');
    expect(String((await within(answer, 'what was written to a half-open stream'))[0])).toBe('c');
    expect(listener.heard).toEqual(['end']);
    near.destroy();
    await comes(() => listener.heard.includes('closed'));
    expect(listener.heard).toEqual(['end', 'closed']);
    far.destroy();
  });

  test('nothing is read of a stream whose listener has said no, until it is resumed', async () => {
    const { near, far } = await pair();
    const listener = new Listener();
    listener.goesOn = false;
    listenTo(near, listener);
    far.write('a');
    await comes(() => listener.bytes === 'a');
    far.write('b');
    far.end();
    for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
    expect([listener.bytes, listener.heard]).toEqual(['a', []]);
    listener.goesOn = true;
    near.resume();
    await comes(() => listener.heard.includes('end'));
    expect(listener.bytes).toBe('ab');
    near.destroy();
    far.destroy();
  });

  test('an error of the stream ends it, and nothing else', async () => {
    const { near, far } = await pair();
    const listener = new Listener();
    listenTo(near, listener);
    near.destroy(new Error('ECONNRESET'));
    await comes(() => listener.heard.includes('closed'));
    expect(listener.heard).toEqual(['closed']);
    far.destroy();
  });
});
