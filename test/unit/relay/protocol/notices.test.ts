// Rules N1 and N2: the bytes of the notices.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../../../src/relay/protocol/message.js';
import { connectNotice, disconnectNotice } from '../../../../src/relay/protocol/notices.js';
import { clientId } from './arbitraries.js';

function textOf(message: Message): string {
  expect(message.isBinary).toBe(false);
  const target = Buffer.alloc(message.byteLength + 2, 0xff);
  message.copyTo(target, 1);
  expect([target[0], target.at(-1)]).toEqual([0xff, 0xff]);
  return target.subarray(1, -1).toString();
}

test('[N1] the notice of a player that has joined, byte for byte', () => {
  expect(textOf(connectNotice('467'))).toBe('{"action":"connect","client_id":"467"}');
});

test('[N2] the notice of a player that has left, byte for byte', () => {
  expect(textOf(disconnectNotice('467'))).toBe('{"action":"disconnect","client_id":"467"}');
});

test('[N1] a notice names any id unchanged', () => {
  const property = fc.property(clientId, (id) => {
    expect(JSON.parse(textOf(connectNotice(id)))).toEqual({ action: 'connect', client_id: id });
    expect(JSON.parse(textOf(disconnectNotice(id)))).toEqual({ action: 'disconnect', client_id: id });
  });
  fc.assert(property);
});
