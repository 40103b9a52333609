// What nodes ask of the node that holds a code, as bytes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  joinRequest,
  questionBytes,
  readJoinRequest,
  readQuestion,
} from '../../../../src/cluster/link/requests.js';
import type { HostQuestion } from '../../../../src/relay/session/backbone.js';

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const node = fc.uint8Array({ minLength: 9, maxLength: 9 }).map((b) => Buffer.from(b).toString('base64url'));
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b).toString('base64'));
const stream = fc.option(fc.stringMatching(/^[\w-]{8}$/), { nil: undefined });
const asked = fc.option(fc.record({ key: fc.option(key, { nil: undefined }), stream }), { nil: undefined });

test('[B14] an id of any characters crosses as it is', () => {
  const id = fc.string({ unit: 'binary' }).map((text) => `${text}\ud83d`);
  fc.assert(
    fc.property(node, u32, id, asked, (name, ref, clientId, wishes) => {
      const request = { node: name, ref, wish: { clientId, asked: wishes } };
      expect(readJoinRequest(joinRequest(request))).toEqual(request);
    }),
  );
});

const question: fc.Arbitrary<HostQuestion> = fc.oneof(
  fc.record({ kind: fc.constant('owns' as const), key }),
  fc.record({ kind: fc.constant('yield' as const), key, stream }),
  fc.constant({ kind: 'probe' as const }),
);

test('[R29] a question about a host crosses as it is, and is no request for a seat', () => {
  fc.assert(
    fc.property(question, (one) => {
      expect(readQuestion(questionBytes(one))).toEqual(one);
      expect(readJoinRequest(questionBytes(one))).toBeUndefined();
    }),
  );
});

test('[R29] a stream that no relay has named does not cross, however long it is', () => {
  const long = { kind: 'yield', key: 'k', stream: 'x'.repeat(100_000) } as const;
  expect(readQuestion(questionBytes(long))).toEqual({ ...long, stream: undefined });
});

test('a node ignores bytes that are no question and no request', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const read = readQuestion(Buffer.from(bytes));
      expect(read === undefined || questionBytes(read).length <= bytes.length).toBe(true);
      expect(() => readJoinRequest(Buffer.from(bytes))).not.toThrow();
    }),
    { numRuns: 5_000 },
  );
});
