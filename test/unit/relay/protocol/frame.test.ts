// The frame header, byte for byte that of the ws library.
import * as ws from 'ws';
import { expect, test } from 'vitest';
import {
  FRAME_HEADER_MAX,
  frameHeaderLength,
  writeFrameHeader,
} from '../../../../src/relay/protocol/frame.js';

/** A part of ws that its type definitions leave out. */
interface FrameWriter {
  frame(
    payload: Buffer,
    options: { fin: boolean; opcode: number; mask: boolean; readOnly: boolean; rsv1: boolean },
  ): Buffer[];
}
const { Sender } = ws as unknown as { Sender: FrameWriter };

function headerByWs(payload: Buffer, isBinary: boolean): Buffer | undefined {
  return Sender.frame(payload, {
    fin: true,
    opcode: isBinary ? 2 : 1,
    mask: false,
    readOnly: true,
    rsv1: false,
  })[0];
}

const memory = Buffer.alloc(1 << 20);
const lengths = [
  ...Array.from({ length: 300 }, (_, length) => length),
  ...Array.from({ length: 700 }, (_, i) => 300 + i * 101),
  ...[65_534, 65_535, 65_536, 65_537, 70_000, 1 << 20],
];

test('the header of a frame equals the one that ws writes, for payloads of every size', () => {
  for (const length of lengths) {
    for (const isBinary of [true, false]) {
      const target = Buffer.alloc(FRAME_HEADER_MAX + 2, 0xee);
      const end = writeFrameHeader(target, 1, length, isBinary);
      expect(end - 1).toBe(frameHeaderLength(length));
      expect(target.subarray(1, end)).toEqual(headerByWs(memory.subarray(0, length), isBinary));
      expect(target[0]).toBe(0xee);
      expect(target.subarray(end).every((byte) => byte === 0xee)).toBe(true);
    }
  }
});

test('the header of a payload beyond 4 GiB holds its whole length', () => {
  const target = Buffer.alloc(FRAME_HEADER_MAX);
  expect(writeFrameHeader(target, 0, 5 * 2 ** 32 + 7, true)).toBe(FRAME_HEADER_MAX);
  expect(target.toString('hex')).toBe('827f0000000500000007');
});
