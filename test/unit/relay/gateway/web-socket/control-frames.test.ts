// Control frames, byte by byte.
import { expect, test } from 'vitest';
import {
  CLOSE,
  closePayload,
  controlFrame,
  isClosePayload,
  LONGEST_CONTROL,
  PING,
  PONG,
} from '../../../../../src/relay/gateway/web-socket/control-frames.js';

test('[W14] a control frame has two bytes in front of its payload, and no mask', () => {
  expect(controlFrame(CLOSE).toString('hex')).toBe('8800');
  expect(controlFrame(PING, Buffer.from('hi')).toString('hex')).toBe('89026869');
  const longest = controlFrame(PONG, Buffer.alloc(LONGEST_CONTROL, 7));
  expect(longest.subarray(0, 2).toString('hex')).toBe('8a7d');
  expect(longest.subarray(2)).toEqual(Buffer.alloc(125, 7));
});

test('[E11] a close frame without a status has no payload', () => {
  expect(closePayload(undefined).length).toBe(0);
  expect(closePayload(1001).toString('hex')).toBe('03e9');
});

/** The statuses of RFC 6455 section 7.4 that may stand in a frame, and those that IANA has added since: 1012 to 1014. */
function isLawful(status: number): boolean {
  const named = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
  return named.includes(status) || (status >= 3000 && status < 5000);
}

test('[W16] of all statuses those may be sent that have a meaning for others', () => {
  const all = Array.from({ length: 65_536 }, (_, status) => status);
  expect(all.filter((status) => isClosePayload(closePayload(status)))).toEqual(all.filter(isLawful));
});

test('[W16] a payload of one byte, and a reason that is not UTF-8, may not be sent', () => {
  expect(isClosePayload(Buffer.alloc(0))).toBe(true);
  expect(isClosePayload(Buffer.from([0x03]))).toBe(false);
  expect(isClosePayload(Buffer.from('03e8c3a9', 'hex'))).toBe(true);
  expect(isClosePayload(Buffer.from('03e8c3', 'hex'))).toBe(false);
});
