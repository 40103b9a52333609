// Faults 6 and 12: the relay reads frames as the library ws does, in random streams that are right and wrong.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../../../../harness/frames.js';
import { compare, compareStreams } from '../../../../tools/fuzz/reader/compare.js';
import { frameStreamOf } from '../../../../tools/fuzz/reader/frames.js';

/** Given by `npm run fuzz`; see test/tools/fuzz/run.mjs. */
const seconds = Number(process.env['FUZZ_READER_SECONDS'] ?? 0);
const chosen = Number(process.env['FUZZ_SEED'] ?? 0);

/** Some three seconds: enough for each of 45 mistakes that were put into the reader to be found. */
const STREAMS = 5_000;

test('a seed always gives the same bytes, and another seed gives others', () => {
  expect(frameStreamOf(1).bytes.equals(frameStreamOf(1).bytes)).toBe(true);
  expect(frameStreamOf(1).bytes.equals(frameStreamOf(2).bytes)).toBe(false);
});

test.runIf(seconds === 0)('[W21] the relay hears in thousands of streams what ws hears', async () => {
  await compareStreams(1, (streams) => streams < STREAMS);
  const seed = Math.floor(Math.random() * 1e9);
  console.log(`read with --seed ${seed}`);
  await compareStreams(seed, (streams) => streams < STREAMS / 4);
});

test.runIf(seconds > 0)(
  `[W21] the relay hears what ws hears in streams from seed ${chosen} on`,
  { timeout: (seconds + 60) * 1_000 },
  async () => {
    const end = performance.now() + seconds * 1_000;
    const streams = await compareStreams(chosen, () => performance.now() < end);
    console.log(`${streams} streams were read as ws reads them, from --seed ${chosen} on`);
  },
);

/** Each kind of frame, with each kind of length. */
const conversation = Buffer.concat([
  clientFrame('{"a":"é€😀"}'),
  clientFrame('ping', { opcode: opcode.ping }),
  clientFrame('😀', { fin: false }),
  clientFrame('pong', { opcode: opcode.pong }),
  clientFrame('é', { opcode: opcode.continuation, lengthBytes: 8 }),
  clientFrame(Buffer.alloc(300, 'abcdefg'), { opcode: opcode.binary }),
  clientFrame('', { lengthBytes: 2 }),
  clientFrame(Buffer.from('\x03\xe8bye', 'latin1'), { opcode: opcode.close }),
  clientFrame('behind'),
]);

test('[W21] it does not matter where a stream is cut', async () => {
  for (let at = 0; at <= conversation.length; at++) {
    const pieces = [conversation.subarray(0, at), conversation.subarray(at)];
    await compare({ bytes: conversation, pieces, maxMessageSize: 0 });
  }
});
