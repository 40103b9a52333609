/** The benchmark's own half of the wire: frames in pieces, messages to the byte. */
import { expect, test } from 'vitest';
import { dialects } from '../../../bench/driver/dialect.js';
import { FrameReader } from '../../../bench/driver/frame-reader.js';
import { MASK } from '../../../bench/driver/frames.js';
import { broadcastShape, forwardShapes, unicastShape } from '../../../bench/driver/shapes.js';

/** The payloads of masked frames, as a relay reads them. */
function unmask(frames: Buffer, size: number): string[] {
  const payloads: string[] = [];
  for (let at = frames.length - size; at >= 0; at -= frames.length / 2) {
    payloads.unshift(Buffer.from(frames.subarray(at, at + size).map((byte) => byte ^ MASK)).toString());
  }
  return payloads;
}

function serverFrame(payload: string): Buffer {
  const body = Buffer.from(payload);
  if (body.length < 126) return Buffer.concat([Buffer.from([0x81, body.length]), body]);
  return Buffer.concat([Buffer.from([0x81, 126, body.length >> 8, body.length & 0xff]), body]);
}

test('messages are read whole, however the bytes arrive', () => {
  const sent = ['{"a":1}', '', 'x'.repeat(125), 'y'.repeat(126), 'z'.repeat(3000)];
  const bytes = Buffer.concat(sent.map(serverFrame));
  for (const piece of [1, 2, 3, 7, 128, bytes.length]) {
    const got: string[] = [];
    const reader = new FrameReader({
      text: (buffer, start, end) => got.push(buffer.toString('utf8', start, end)),
      control: () => got.push('control'),
      malformed: () => got.push('malformed'),
    });
    for (let at = 0; at < bytes.length; at += piece) reader.read(bytes.subarray(at, at + piece));
    expect(got).toEqual(sent);
  }
});

test('a binary or a fragmented message does not count for the benchmark', () => {
  const got: string[] = [];
  const reader = new FrameReader({
    text: () => got.push('text'),
    control: () => got.push('control'),
    malformed: () => got.push('malformed'),
  });
  reader.read(Buffer.from([0x82, 1, 0x61, 0x01, 1, 0x61, 0x80, 1, 0x61, 0x8a, 0]));
  expect(got).toEqual(['malformed', 'malformed', 'malformed', 'control']);
});

test('messages are JSON of the requested size, numbered in sequence', () => {
  for (const bytes of [64, 65, 80, 200, 1024, 32_000]) {
    for (const shape of [
      forwardShapes(bytes, dialects.carparty).sent,
      broadcastShape(bytes, dialects.carparty),
    ]) {
      const payloads = unmask(shape.stencil().frames(2, 41, 0), bytes);
      expect(payloads.map((text) => text.length)).toEqual([bytes, bytes]);
      expect(payloads.map((text) => (JSON.parse(text) as { n: number }).n)).toEqual([1_000_041, 1_000_042]);
    }
  }
});

test('a unicast names its receiver, also inside an event of socket.io', () => {
  const plain = unicastShape(80, dialects.carparty);
  const event = unicastShape(80, dialects['socket.io']);
  const [payload = ''] = unmask(plain.stencil().frames(2, 7, 3), 80);
  expect(JSON.parse(payload)).toMatchObject({ receiver_id: '100000003', n: 1_000_007 });
  const [wrapped = ''] = unmask(event.stencil().frames(2, 7, 3), event.length);
  expect(wrapped).toBe(`42["message",${payload}]`);
  const bytes = Buffer.from(wrapped);
  expect(event.matches(bytes, 0, bytes.length)).toBe(true);
  expect([event.numberIn(bytes, 0), event.idIn(bytes, 0)]).toEqual([7, 3]);
});

test('a message with any byte changed does not match, or has another number or id', () => {
  const { sent, stamped } = forwardShapes(64, dialects.carparty);
  const [payload = ''] = unmask(sent.stencil().frames(2, 5, 0), 64);
  const text = Buffer.from(payload.replace('}', ',"client_id":"100000002"}'));
  const [shape] = stamped;
  const seen = (bytes: Buffer): unknown =>
    shape?.matches(bytes, 0, bytes.length) === true && [shape.numberIn(bytes, 0), shape.idIn(bytes, 0)];
  expect(seen(text)).toEqual([5, 2]);
  for (let index = 0; index < text.length; index++) {
    const changed = Buffer.from(text);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(seen(changed)).not.toEqual([5, 2]);
  }
});
