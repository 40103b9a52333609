// How a connection ends, on a stream that writes down what is done to it.
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ClosingHandshake } from '../../../../../src/relay/gateway/connection/closing-handshake.js';

class Stream {
  readonly done: string[] = [];
  destroyed = false;

  write(bytes: Buffer): boolean {
    this.done.push(`write ${bytes.toString('hex')}`);
    return true;
  }

  end(): void {
    this.done.push('end');
  }

  destroy(): void {
    this.destroyed = true;
    this.done.push('destroy');
  }
}

let stream = new Stream();
let handshake = new ClosingHandshake(stream as unknown as Socket);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stream = new Stream();
  handshake = new ClosingHandshake(stream as unknown as Socket);
});
afterEach(() => void vi.useRealTimers());

const hex = (frame: Buffer | undefined): string | undefined => frame?.toString('hex');

test('[E8] a close frame has the status that the relay gives, or none', () => {
  expect(hex(handshake.begin(1001))).toBe('880203e9');
  expect(hex(handshake.begin(undefined))).toBe('8800');
});

test('[W15] it gives the peer back what it said, from memory that is its own', () => {
  const said = Buffer.from('03e8686921', 'hex');
  handshake.peerSaid(said);
  said.fill(0);
  expect(hex(handshake.begin(1001))).toBe('880503e8686921');
  const other = new ClosingHandshake(stream as unknown as Socket);
  other.peerSaid(Buffer.alloc(0));
  expect(hex(other.begin(1001))).toBe('8800');
});

test('[W20] a peer that is gone gets no close frame', () => {
  handshake.peerGone();
  expect(handshake.begin(1001)).toBeUndefined();
  handshake.finish(false);
  expect(stream.done).toEqual(['end']);
});

test('[W19] TCP ends when both have said goodbye, and not before everything has left', () => {
  handshake.begin(undefined);
  handshake.finish(true);
  expect(stream.done).toEqual([]);
  handshake.peerSaid(Buffer.alloc(0));
  handshake.peerGone();
  expect(stream.done).toEqual(['end']);
});

test('[W18] TCP ends as soon as everything has left if nothing more is read of the peer', () => {
  handshake.peerDone();
  handshake.begin(undefined);
  expect(stream.done).toEqual([]);
  handshake.finish(true);
  handshake.finish(true);
  expect(stream.done).toEqual(['end']);
});

test('[B5] what may not be sent takes no close frame with it', () => {
  handshake.begin(1001);
  handshake.finish(false);
  expect(stream.done).toEqual(['write 880203e9']);
});

test('[E5] a peer that does not answer, or does not close TCP, is cut off after a second', () => {
  const slow = new ClosingHandshake(stream as unknown as Socket);
  slow.begin(undefined);
  slow.finish(true);
  vi.advanceTimersByTime(500);
  slow.peerDone();
  vi.advanceTimersByTime(499);
  expect(stream.done).toEqual(['end']);
  vi.advanceTimersByTime(1);
  expect(stream.done).toEqual(['end', 'destroy']);
});

test('[E5] no timer is left of a connection that is over', () => {
  handshake.begin(undefined);
  handshake.finish(true);
  handshake.over();
  expect(vi.getTimerCount()).toBe(0);
  stream.destroyed = true;
  new ClosingHandshake(stream as unknown as Socket).finish(true);
  expect([vi.getTimerCount(), stream.done]).toEqual([0, []]);
});
