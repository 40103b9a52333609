// What the reader keeps, asks and limits; that it reads rightly is proven beside ws (same-as-ws.test.ts).
import { describe, expect, test } from 'vitest';
import { FrameReader } from '../../../../../src/relay/gateway/web-socket/frame-reader.js';
import { clientFrame, opcode } from '../../../../harness/frames.js';
import { fixForTest } from '../../../../harness/fixed.js';
import { Ears } from './ears.js';

const NONE = 0;

/** A reader that is given bytes as a socket gives them. */
class Desk {
  readonly reader: FrameReader;

  constructor(
    readonly ears = new Ears(),
    maxMessageSize = NONE,
  ) {
    this.reader = new FrameReader(ears, maxMessageSize);
  }

  /** Each piece comes in a separate read. Returns what was heard of them. */
  read(...pieces: Buffer[]): string[] {
    for (const piece of pieces.map((one) => Buffer.from(one))) {
      for (let at = 0; at < piece.length && !this.reader.isOver;) {
        at = this.reader.readFrame(piece, at, piece.length);
      }
    }
    return this.ears.take();
  }
}

/** The bytes one by one. */
function crumbs(bytes: Buffer): Buffer[] {
  return [...bytes].map((byte) => Buffer.from([byte]));
}

const part = (text: string, fin = false): Buffer => clientFrame(text, { opcode: opcode.continuation, fin });

describe('half a frame', () => {
  test('[A2] takes as many bytes as have come, whatever its header announces', () => {
    const desk = new Desk();
    const frame = clientFrame(Buffer.alloc(60_000, 'x'), { opcode: opcode.binary });
    for (const end of [1, 7, 20, 59_000]) {
      const { reader } = new Desk();
      reader.readFrame(Buffer.from(frame.subarray(0, end)), 0, end);
      expect(reader.unfinishedBytes).toBe(end);
    }
    expect(desk.read(frame.subarray(0, 9), frame.subarray(9))).toHaveLength(1);
    expect(desk.reader.unfinishedBytes).toBe(0);
  });

  test('[A2] comes in as many pieces as it may, and in one more it is a breach', () => {
    fixForTest({ maxBufferedChunks: 10 });
    // The header is whole with the seventh piece, which is the first of those that count.
    const header = 6;
    for (const [length, heard] of [
      [9, 'text xxxxxxxxx'],
      [10, 'too-many-fragments'],
    ] as const) {
      const bytes = clientFrame('x'.repeat(length));
      const desk = new Desk();
      const first = bytes.subarray(0, header);
      expect(desk.read(first, ...crumbs(bytes.subarray(header)))).toEqual([heard]);
    }
    fixForTest({ maxBufferedChunks: 0 });
    expect(new Desk().read(...crumbs(clientFrame('x'.repeat(100))))).toHaveLength(1);
  });

  test('[A1] is asked for with all its length as soon as its header has come, and counted when it is whole', () => {
    const desk = new Desk(new Ears(50));
    const fits = clientFrame('x'.repeat(44));
    desk.read(fits.subarray(0, 6));
    expect([desk.ears.asked, desk.ears.counted]).toEqual([[50], []]);
    expect(desk.read(fits.subarray(6))).toHaveLength(1);
    expect(desk.ears.counted).toEqual([50]);
    expect(desk.read(clientFrame('x'.repeat(45)).subarray(0, 6))).toEqual(['too-large']);
    expect(desk.ears.counted).toEqual([50]);
  });

  test('[W21] of several frames in one read only the last is kept', () => {
    const desk = new Desk();
    const bytes = Buffer.concat([clientFrame('a'), clientFrame('b'), clientFrame('c')]);
    const end = bytes.length - 1;
    expect(desk.read(bytes.subarray(0, end))).toEqual(['text a', 'text b']);
    expect(desk.reader.unfinishedBytes).toBe(6);
    expect(desk.read(bytes.subarray(end))).toEqual(['text c']);
  });
});

describe('a message in fragments', () => {
  test('[A2] takes as many bytes as its payloads have', () => {
    const desk = new Desk();
    desk.read(clientFrame('abc', { fin: false }), part(''), part('de'));
    expect(desk.reader.unfinishedBytes).toBe(5);
    expect(desk.read(part('f', true))).toEqual(['text abcdef']);
    expect(desk.reader.unfinishedBytes).toBe(0);
  });

  test('[A2] has as many fragments as it may, and with one more it is a breach', () => {
    fixForTest({ maxFragments: 3 });
    const three = [clientFrame('a', { fin: false }), part('b')];
    expect(new Desk().read(...three, part('c', true), ...three, part('', true))).toEqual([
      'text abc',
      'text ab',
    ]);
    expect(new Desk().read(...three, part('c'), part('d', true))).toEqual(['too-many-fragments']);
    fixForTest({ maxFragments: 0 });
    const many = Array.from({ length: 1_000 }, () => part('x'));
    expect(new Desk().read(...three, ...many, part('', true))).toHaveLength(1);
  });

  test('[E12] is as large as all its fragments, of which an announced one counts', () => {
    const desk = new Desk(new Ears(), 10);
    const begun = [clientFrame('12345', { fin: false }), part('6789')];
    expect(desk.read(...begun, part('0'), part('', true))).toEqual(['text 1234567890']);
    expect(desk.read(...begun, part('01').subarray(0, 6))).toEqual(['too-large']);
  });

  test('[E12] does not count what stands between', () => {
    const desk = new Desk(new Ears(), 10);
    const ping = clientFrame('more than ten bytes', { opcode: opcode.ping });
    expect(desk.read(clientFrame('12345', { fin: false }), ping, part('67890', true))).toEqual([
      'ping more than ten bytes',
      'text 1234567890',
    ]);
  });
});

test('[W18] a reader that is closed, by itself or by others, keeps nothing', () => {
  for (const end of [clientFrame('', { opcode: opcode.close }), clientFrame('', { rsv: 1 })]) {
    const desk = new Desk();
    desk.read(clientFrame('abc', { fin: false }), Buffer.concat([end, clientFrame('behind')]));
    expect([desk.reader.isOver, desk.reader.unfinishedBytes]).toEqual([true, 0]);
  }
  const closed = new Desk();
  const half = clientFrame('x', { opcode: opcode.ping }).subarray(0, 3);
  closed.read(clientFrame('abc', { fin: false }), half);
  expect(closed.reader.unfinishedBytes).toBe(6);
  closed.reader.close();
  expect([closed.reader.isOver, closed.reader.unfinishedBytes]).toEqual([true, 0]);
});
