/**
 * A built relay that is as full as it gets, in its own process: 500 rooms, a ledger full of wrong codes, and ten
 * more each second. Asked by its parent, it tells how late its event loop was at worst.
 *
 * By hand: `node test/service/console/full-relay.mjs dist 16` says so by itself, for codes of 16 letters and 20 viewers.
 */
import { randomInt } from 'node:crypto';
import { get } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NestFactory } from '@nestjs/core';

const [dist = 'dist', letters = '16'] = process.argv.slice(2);
const built = (path) => import(pathToFileURL(resolve(dist, path)).href);
const { ConsoleModule, RelayModule, RelayWsAdapter } = await built('index.js');
const { RoomDirectory } = await built('relay/rooms/room-directory.js');
const { SOLE_CLAIM } = await built('relay/rooms/claim.js');
const { Ledger } = await built('operator/ledger/ledger.js');

const TOKEN = 'correct-horse-battery';
const PEER = { send() {}, sendFrames() {}, hold() {}, release() {}, end() {}, fail() {} };
const MEASURES = { age: 9, messagesIn: 1, messagesOut: 0, bytesIn: 300, bytesOut: 200, waiting: 0 };
/** Milliseconds. */
const WINDOW = 2_300;

class App {}
Reflect.decorate(
  [
    (await import('@nestjs/common')).Module({
      imports: [RelayModule.forRoot({ operatorToken: TOKEN }), ConsoleModule],
    }),
  ],
  App,
);
const app = await NestFactory.create(App, { logger: false });
app.useWebSocketAdapter(new RelayWsAdapter(app));
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address();

const code = () =>
  Array.from({ length: Number(letters) }, () => String.fromCharCode(65 + randomInt(26))).join('');
const rooms = app.get(RoomDirectory, { strict: false });
// Two random codes may be the same, and the second of them opens no room.
while (rooms.size < 500) {
  const room = rooms.claim(code(), PEER, SOLE_CLAIM);
  for (let id = 0; id < 8; id++) room?.join(`${id}`, PEER);
}
const ledger = app.get(Ledger, { strict: false });
let guesses = 0;
const guess = () => {
  const connection = { id: ++guesses, remoteAddress: `10.${guesses & 31}.0.1` };
  const login = { name: 'logging-in', role: 'player', serverCode: code(), clientId: `phone ${guesses}` };
  ledger.refused({ connection }, 'no-such-code', login, MEASURES);
};
while (guesses < 10_000) guess();
setInterval(guess, 100);

/**
 * The worst delay in the next seconds, in milliseconds. Where a core is shared, what counts of a delay is the processor
 * time that this process took in it: the rest was that of others.
 */
async function worst() {
  const end = performance.now() + WINDOW;
  let most = 0;
  let [last, cpu] = [performance.now(), cpuTime()];
  while (last < end) {
    await new Promise((next) => setTimeout(next, 1));
    const [now, used] = [performance.now(), cpuTime()];
    most = Math.max(most, Math.min(now - last - 1, used - cpu));
    [last, cpu] = [now, used];
  }
  return most;
}

/** Milliseconds. */
function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

if (process.send !== undefined) {
  process.on('message', async () => process.send(await worst()));
  process.on('disconnect', () => process.exit());
  process.send(port);
} else {
  const headers = { authorization: `Bearer ${TOKEN}` };
  console.log(`nobody looks: ${(await worst()).toFixed(1)} ms`);
  for (const viewers of [1, 20]) {
    const asked = Array.from({ length: viewers }, (_, n) =>
      get({ port, headers, path: `/console/live?text=${n === 0 ? '' : n}` }, (answer) => answer.resume()),
    );
    for (let n = 0; n < 3; n++) console.log(`${viewers} viewers: ${(await worst()).toFixed(1)} ms`);
    for (const request of asked) request.destroy();
  }
  process.exit();
}
