// A whole party through the built program: the recorded one where it is at hand, and always a generated one.
import { expect, test } from 'vitest';
import { useRelay } from '../../harness/relay.js';
import { generateParty } from './generate.js';
import { Neighbours } from './neighbours.js';
import { readRecording } from './recording.js';
import { playAndCompare } from './replay.js';
import { transcript } from './transcript.js';

const relay = useRelay();
const recording = readRecording();

test('a generated party arrives as the rules say', async () => {
  const seed = Number(process.env['PARTY_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`Playing a generated party, PARTY_SEED=${seed}.`);
  await playAndCompare(relay, generateParty(seed));
});

test.skipIf(!recording)(
  'the recorded party of the original game and its phones arrives as the rules say',
  async () => {
    console.log('Playing the recorded party of the original game.');
    await playAndCompare(relay, recording ?? []);
  },
);

test('a party of plain peers arrives the same beside neighbours that come back all the time', async () => {
  const neighbours = new Neighbours(relay);
  await neighbours.move(async () => {
    await playAndCompare(relay, recording ?? generateParty(1));
  });
  expect(neighbours.returns).toBeGreaterThan(10);
});

test('plain peers get the same bytes beside neighbours that come back all the time', async () => {
  const alone = await transcript(relay);
  const neighbours = new Neighbours(relay);
  await neighbours.move(async () => {
    const beside = await Promise.all(Array.from({ length: 10 }, () => transcript(relay)));
    for (const each of beside) expect(each).toEqual(alone);
  });
  expect(neighbours.returns).toBeGreaterThan(10);
});

if (!recording) console.log('No recording stands beside the project: only the generated party is played.');
