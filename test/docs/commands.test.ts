// Every command in a document can be typed as it stands: its scripts, files, flags, variables and values exist.
import { expect, test } from 'vitest';
import { checkCommand, commandsOf } from './commands.js';
import { documents, placeOf, type Piece } from './documents.js';

const blocks = documents.flatMap((document) => document.blocks).filter(({ language }) => language === 'sh');
/** Inline code that begins with a program. */
const spans = documents
  .flatMap((document) => document.spans)
  .filter(({ text }) => /^(npm|npx|node|nats-server|docker|curl|ulimit|carparty-relay) [^<>…]*$/.test(text));

async function complaintsAbout(pieces: readonly Piece[]): Promise<string[]> {
  const complaints: string[] = [];
  for (const piece of pieces) {
    for (const command of commandsOf(piece.text)) {
      await checkCommand(command).catch((error: unknown) => {
        complaints.push(`${placeOf(piece)} ${command.words.join(' ')}: ${String(error)}`);
      });
    }
  }
  return complaints;
}

test('every command of a shell block is right', async () => {
  expect(blocks.length).toBeGreaterThan(5);
  expect(await complaintsAbout(blocks)).toEqual([]);
});

test('every command in inline code is right', async () => {
  expect(spans.length).toBeGreaterThan(5);
  expect(await complaintsAbout(spans)).toEqual([]);
});

test.each([
  ['npm run biuld', 'no npm script biuld'],
  ['npm run bench -- --quik', '--quik'],
  ['npm run bench -- --workloads fan-in', 'fan-in'],
  ['npm run soak -- --hours 1', 'no flag --hours'],
  ['npm start --ip 0.0.0.0', 'behind --'],
  ['npm start -- --ip everywhere', '--ip must be'],
  ['npm ci && npm strat', 'no npm script strat'],
  ['node dist/main --prot 80 &', 'unknown option --prot'],
  ['node dist/main --port 99999', '--port must be'],
  ['npx carparty-relay --prot 80', 'unknown option --prot'],
  ['RELAY_PROT=80 node dist/main', 'unknown setting RELAY_PROT'],
  ['export RELAY_PORT=abc', 'RELAY_PORT must be'],
  ['NAST_PASSWORD=secret nats-server -js', 'nothing reads the variable NAST_PASSWORD'],
  ['node examples/play-around.mjs', 'no file examples/play-around.mjs'],
  ['node examples/play-a-round.mjs relay', 'Invalid URL'],
  ['node .cache/examples/embed-in-nest/main.js 3000', 'express or fastify'],
  ['node .cache/examples/embed-in-nest/mane.js express 3000', 'no file examples/embed-in-nest/mane.ts'],
  ['nats-server -c deploy/nats.conf', 'no file deploy/nats.conf'],
  ['docker compose -f deploy/compose.yaml up relay-9', 'no test knows relay-9'],
  ['npx tsc -p examples/embed', 'no project examples/embed'],
  ['make', 'no test knows the program make'],
])('a wrong command is found: %s', async (text, complaint) => {
  const found = await complaintsAbout([{ document: 'README.md', line: 1, text }]);
  expect(found).toEqual([expect.stringContaining(complaint)]);
});
