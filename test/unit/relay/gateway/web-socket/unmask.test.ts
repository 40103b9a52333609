// Masks of payloads of any length, wherever they lie in memory.
import { expect, test } from 'vitest';
import { unmask } from '../../../../../src/relay/gateway/web-socket/unmask.js';

const masks = ['00000000', 'ffffffff', '01020304', '80000000', '00ff00fe'];

test('[W7] a mask is taken off its payload and off nothing else', () => {
  const memory = Buffer.alloc(1_024);
  for (let place = 0; place < 8; place++) {
    for (const length of [...Array.from({ length: 160 }, (_, n) => n), 255, 256, 257, 500]) {
      const bytes = memory.subarray(place, place + 4 + length + 4).fill(0xee);
      const mask = Buffer.from(masks[(place + length) % masks.length]!, 'hex');
      const payload = Buffer.alloc(length, 'abcdefg');
      bytes.set(mask);
      bytes.set(
        payload.map((byte, at) => byte ^ mask[at % 4]!),
        4,
      );
      unmask(bytes, 4, 4 + length);
      expect(bytes.subarray(0, 4).equals(mask)).toBe(true);
      expect(bytes.subarray(4, 4 + length).equals(payload)).toBe(true);
      expect(bytes.subarray(4 + length).equals(Buffer.alloc(4, 0xee))).toBe(true);
    }
  }
});
