// How long a header is, and what length it tells.
import { expect, test } from 'vitest';
import { headerLength, payloadLength } from '../../../../../src/relay/gateway/web-socket/frame-header.js';
import { clientFrame } from '../../../../harness/frames.js';

const forms: [lengthBytes: 0 | 2 | 8, lengths: number[]][] = [
  [0, [0, 1, 124, 125]],
  [2, [0, 125, 126, 255, 256, 65_535]],
  [8, [0, 125, 65_535, 65_536, 1_048_576]],
];
test.each(forms)('[W5] a length in %d further bytes', (lengthBytes, lengths) => {
  for (const length of lengths) {
    const frame = clientFrame(Buffer.alloc(length), { lengthBytes });
    expect(headerLength(frame[1]!)).toBe(2 + lengthBytes + 4);
    expect(payloadLength(frame, 0)).toBe(length);
    expect(payloadLength(Buffer.concat([Buffer.alloc(3, 0xff), frame]), 3)).toBe(length);
  }
});

test('[W5] a length beyond 32 bits is exact up to 2^53 - 1, and beyond that never small', () => {
  const header = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
  for (const length of [2n ** 32n, 2n ** 32n + 5n, 2n ** 53n - 1n]) {
    header.writeBigUInt64BE(length, 2);
    expect(payloadLength(header, 0)).toBe(Number(length));
  }
  for (const length of [2n ** 53n, 2n ** 63n, 2n ** 63n + 5n, 2n ** 64n - 1n]) {
    header.writeBigUInt64BE(length, 2);
    expect(payloadLength(header, 0)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  }
});
