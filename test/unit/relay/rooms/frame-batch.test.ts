// Frames that leave in one write.
import { expect, test } from 'vitest';
import { payloadsIn } from '../../../../src/relay/protocol/frame.js';
import { FrameBatch } from '../../../../src/relay/rooms/frame-batch.js';
import { text } from './members.js';

function said(frames: Buffer): string[] {
  return [...payloadsIn(frames)].map(String);
}

test('[P7] messages stand one behind the other, each in its own frame, whatever their lengths', () => {
  const messages = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(65_535), 'e'.repeat(65_536), 'f'];
  const [first = '', ...others] = messages;
  const batch = FrameBatch.of(text(first));
  for (const message of others) batch.append(text(message));
  expect(said(batch.take())).toEqual(messages);
  expect(batch.byteLength).toBe(batch.take().length);
});

test('[H1] bytes that were taken are not changed when more is appended', () => {
  const batch = FrameBatch.of(text('one'));
  const taken = batch.take();
  const before = Buffer.from(taken);
  batch.append(text('two'));
  batch.append(text('three'));
  expect(taken).toEqual(before);
  expect(said(batch.take())).toEqual(['one', 'two', 'three']);
});

test('[H1] frames that several peers hold are copied before something is added for one of them', () => {
  const shared = FrameBatch.of(text('to all')).take();
  const before = Buffer.from(shared);
  const alone = FrameBatch.sharing(shared);
  expect(alone.take()).toBe(shared);
  alone.append(text('only you'));
  alone.appendFrames(FrameBatch.of(text('to all again')).take());
  expect(shared).toEqual(before);
  expect(said(alone.take())).toEqual(['to all', 'only you', 'to all again']);
});

test('[H1] a batch that outgrew its first message still keeps what was taken as it was', () => {
  const batch = FrameBatch.of(text('x'));
  const taken: [Buffer, Buffer][] = [];
  for (let n = 0; n < 100; n++) {
    batch.append(text(`message ${n}`));
    taken.push([batch.take(), Buffer.from(batch.take())]);
  }
  for (const [now, then] of taken) expect(now).toEqual(then);
});
