// What goes over a link, as bytes: whatever is written is read, however it was cut.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  FRAME_HEADER_LENGTH,
  FrameKind,
  distance,
  readHeader,
  writeHeader,
} from '../../../../src/cluster/link/frame.js';
import { FRAME_MAX, FrameWriter } from '../../../../src/cluster/link/frame-writer.js';
import { RecordReader } from '../../../../src/cluster/link/record-reader.js';
import {
  joinedBody,
  readJoinedBody,
  readToSomeBody,
  toSomeBody,
} from '../../../../src/cluster/link/record-bodies.js';
import { GarbledError, RecordType } from '../../../../src/cluster/link/record.js';
import { countFrames } from '../../../../src/relay/protocol/frame.js';
import { TextMessage } from '../../../../src/relay/protocol/text-message.js';

const u32 = fc.nat({ max: 0xffffffff });
const bytes = fc
  .oneof(
    fc.nat({ max: 300 }),
    fc.integer({ min: FRAME_MAX - 40, max: FRAME_MAX + 40 }),
    fc.nat({ max: 200_000 }),
  )
  .map((length) => Buffer.alloc(length, length));
const record = fc.tuple(fc.constantFrom(...Object.values(RecordType)), u32, bytes);

type Read = [RecordType, number, Buffer];

/** The frames that a writer makes of records; `flushAfter` tells after which of them a turn ends. */
function framesOf(records: readonly Read[], flushAfter: ReadonlySet<number>): Buffer[] {
  const frames: Buffer[] = [];
  const writer = new FrameWriter((frame) => frames.push(frame));
  records.forEach(([type, about, body], i) => {
    writer.bytes(type, about, body);
    if (flushAfter.has(i)) writer.flush();
  });
  writer.flush();
  return frames;
}

function read(pieces: readonly Buffer[]): Read[] {
  const records: Read[] = [];
  const take = (...[type, about, body]: Read): unknown => records.push([type, about, Buffer.from(body)]);
  const reader = new RecordReader(take, MOST);
  for (const piece of pieces) reader.read(piece);
  return records;
}

/** Frames that follow each other for one receiver may be one record: so only what each receiver gets counts. */
function joined(records: readonly Read[]): Read[] {
  const all: Read[] = [];
  for (const [type, about, body] of records) {
    const last = all.at(-1);
    const isMore = last?.[0] === type && last[1] === about && GROWING.has(type);
    if (isMore) last[2] = Buffer.concat([last[2], body]);
    else all.push([type, about, body]);
  }
  return all;
}

/** Short, since megabytes are slow to compare. */
function digests(records: readonly Read[]): string[] {
  return joined(records).map(
    ([type, about, body]) => `${type} ${about} ${createHash('sha1').update(body).digest('hex')}`,
  );
}

/** Bytes of a record that is still read. */
const MOST = 1_000_000;

const GROWING: ReadonlySet<RecordType> = new Set([RecordType.ToAll, RecordType.ToOne, RecordType.ToHost]);

test('[B10] records are read as they were written, in their order, however large they are', () => {
  const some = fc.uniqueArray(fc.nat({ max: 20 }));
  fc.assert(
    fc.property(fc.array(record, { maxLength: 20 }), some, (records, turns) => {
      const frames = framesOf(records, new Set(turns));
      for (const frame of frames) expect(frame.length).toBeLessThanOrEqual(FRAME_MAX);
      const pieces = frames.map((frame) => frame.subarray(FRAME_HEADER_LENGTH));
      expect(digests(read(pieces))).toEqual(digests(records));
    }),
    { numRuns: 60 },
  );
});

test('a stream of records may be cut anywhere', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom(...Object.values(RecordType)), u32, fc.uint8Array({ maxLength: 50 })),
      ),
      cuts,
      (records, lengths) => {
        const written = records.map(([type, about, body]): Read => [type, about, Buffer.from(body)]);
        const stream = Buffer.concat(
          framesOf(written, new Set()).map((frame) => frame.subarray(FRAME_HEADER_LENGTH)),
        );
        const pieces: Buffer[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const length = lengths[i % lengths.length]!;
          pieces.push(stream.subarray(at, at + length));
          at += length;
        }
        expect(digests(read(pieces))).toEqual(digests(written));
      },
    ),
  );
});

test('the reader refuses bytes that are not records', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (pieces) => {
      try {
        read(pieces.map((piece) => Buffer.from(piece)));
      } catch (error) {
        expect(error).toBeInstanceOf(GarbledError);
      }
    }),
  );
  const huge = Buffer.alloc(9, 0xff);
  huge[0] = RecordType.ToAll;
  expect(() => read([huge])).toThrow(GarbledError);
});

test('[B19] the reader keeps only as many bytes of an announced record as have come', () => {
  const head = Buffer.alloc(9);
  head[0] = RecordType.ToAll;
  head.writeUInt32LE(MOST - 9, 5);
  const asked = vi.spyOn(Buffer, 'allocUnsafe');
  const reader = new RecordReader(() => undefined, MOST);
  reader.read(head);
  for (let come = 9; come < MOST / 2; come += 100) {
    reader.read(Buffer.alloc(100));
    const most = Math.max(...asked.mock.calls.map(([size]) => size));
    expect(most).toBeLessThanOrEqual(Math.max(64 * 1024, 2 * (come + 100)));
  }
  asked.mockRestore();
});

test('[B19] bytes that are not whole frames of a server do not count as frames', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (some) => {
      const count = countFrames(Buffer.from([0x81, 0, 0x82, 1, 0x7f, ...some]));
      if (some.length === 0) expect(count).toBe(2);
      else if (some[0] !== 0x81 && some[0] !== 0x82) expect(count).toBeUndefined();
    }),
  );
  for (const forged of ['81', '8105', '817e00', '817fffffffffffffffff', '818100000000', '890100', '0100'])
    expect(countFrames(Buffer.from(forged, 'hex')), forged).toBeUndefined();
});

test('a header is read as it was written, and nothing else is taken for one', () => {
  const header = fc.record({
    kind: fc.constantFrom(...Object.values(FrameKind)),
    from: u32,
    to: u32,
    sequence: u32,
    taken: u32,
  });
  fc.assert(
    fc.property(header, (written) => {
      const frame = writeHeader(Buffer.alloc(FRAME_HEADER_LENGTH), written);
      expect(readHeader(frame)).toEqual(written);
      expect(readHeader(frame.subarray(1))).toBeUndefined();
      frame[0]!++;
      expect(readHeader(frame)).toBeUndefined();
    }),
  );
});

test('numbers that wrap around are compared by their distance', () => {
  fc.assert(
    fc.property(u32, fc.integer({ min: -1_000_000, max: 1_000_000 }), (number, step) => {
      expect(distance(number, (number + step) >>> 0)).toBe(step);
    }),
  );
});

test('the bodies of records are read as they were written', () => {
  fc.assert(
    fc.property(
      u32,
      fc.boolean(),
      fc.array(u32, { maxLength: 50 }),
      fc.uint8Array(),
      (room, isHeld, refs, frames) => {
        const facts = { isHostAway: isHeld, rules: { hasAsked: true, grace: room, hold: 0, unique: false } };
        expect(readJoinedBody(joinedBody(room, isHeld, facts))).toEqual({ ref: room, isHeld, facts });
        const body = toSomeBody(
          refs.map((ref) => ({ ref })),
          Buffer.from(frames),
        );
        expect(readToSomeBody(body)).toEqual({ refs, frames: Buffer.from(frames) });
      },
    ),
  );
});

test('frames of a WebSocket are counted', () => {
  const lengths = fc.array(fc.constantFrom(0, 1, 125, 126, 65_535, 65_536), { maxLength: 10 });
  fc.assert(
    fc.property(lengths, (all) => {
      const frames: Buffer[] = [];
      const writer = new FrameWriter((frame) => frames.push(frame));
      for (const length of all) writer.message(RecordType.ToOne, 1, new TextMessage(Buffer.alloc(length)));
      writer.flush();
      const records = read(frames.map((frame) => frame.subarray(FRAME_HEADER_LENGTH)));
      expect(records.reduce((sum, [, , body]) => sum + countFrames(body)!, 0)).toBe(all.length);
    }),
  );
});
