// A whole party through the built program: the recorded one where it is at hand, and always a generated one.
import { expect, test } from 'vitest';
import { useRelay } from '../../harness/relay.js';
import { generateParty } from './generate.js';
import { readRecording, type PartyEvent } from './recording.js';
import { Replay } from './replay.js';

const relay = useRelay();
const recording = readRecording();

async function playAndCompare(events: PartyEvent[]): Promise<void> {
  const replay = new Replay(relay);
  await replay.play(events);
  const seen = await replay.finish();
  for (const [peer, messages] of seen) {
    const recorded = events.flatMap((event) =>
      event.peer === peer && event.dir === 'in' && event.kind === 'text'
        ? [`${event.action} ${event.bytes}`]
        : [],
    );
    // Two phones may reach the game in another order than then; what one of them sent, in no other order.
    expect(messages.map(({ action, bytes }) => `${action} ${bytes}`).sort(), peer).toEqual(recorded.sort());
  }
  const arrived = [...seen.values()].reduce((sum, messages) => sum + messages.length, 0);
  console.log(
    `  ${seen.size} peers, ${events.length} events, ${arrived} messages that arrived as the rules say`,
  );
}

test('a generated party arrives as the rules say', async () => {
  const seed = Number(process.env['PARTY_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`Playing a generated party, PARTY_SEED=${seed}.`);
  await playAndCompare(generateParty(seed));
});

test.skipIf(!recording)(
  'the recorded party of the original game and its phones arrives as the rules say',
  async () => {
    console.log('Playing the recorded party of the original game.');
    await playAndCompare(recording ?? []);
  },
);

if (!recording) console.log('No recording stands beside the project: only the generated party is played.');
