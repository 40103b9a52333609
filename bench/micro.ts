/**
 * `npm run bench:micro`: what a single message costs in src/relay/protocol, beside JSON.parse and JSON.stringify.
 */
import { Bench } from 'tinybench';
import { HostMessage } from '../src/relay/protocol/host-message.js';
import { StampedMessage, stampOf } from '../src/relay/protocol/player-message.js';
import { textGrid } from './text-grid.js';

/** Payloads of one kind that differ in their contents, or the processor would learn them by heart. */
const PER_KIND = 64;
/** Milliseconds for each figure. */
const TIME = 250;

const ID = '467123746';
const stamp = stampOf(ID);
const target = Buffer.alloc(1 << 16);
const stamped = new StampedMessage(1024);
const hosts = new HostMessage();

/** A word of so many characters, most of them different from one call to the next. */
function word(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz 0123456789'): string {
  const letters = [...alphabet];
  return Array.from({ length }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}

function flat(text: string): object {
  return { action: word(5 + Math.random() * 8), value: Math.random(), text };
}

function nested(): object {
  const items = Array.from({ length: 14 }, () => {
    return {
      id: Math.floor(Math.random() * 1e6),
      name: word(3 + Math.random() * 9),
      on: Math.random() < 0.5,
      x: [1.5, null],
    };
  });
  return { action: 'state', items };
}

const OTHER_SCRIPTS = 'äöüéпривет日本語😀🚗';

/** One message each, by the name of the row. The first number is about how many bytes it has. */
const kinds: Record<string, () => object> = {
  'a touch, 50 B': () => ({ action: 'speed_change', value: Math.random() }),
  'flat, 64 B': () => flat(word(8)),
  'flat, 200 B': () => flat(word(140)),
  'flat, 1 KiB': () => flat(word(964)),
  'flat, 16 KiB': () => flat(word(16_324)),
  'nested, 1 KiB': nested,
  'other scripts, 100 B': () => flat(word(16, OTHER_SCRIPTS)),
  'other scripts, 1 KiB': () => flat(word(400, OTHER_SCRIPTS)),
  'forged, 100 B': () => ({ client_id: word(9), ...flat(word(20)) }),
  'unicast, 80 B': () => ({ receiver_id: ID, action: 'vibrate', strength: Math.random() }),
};

/** What is measured, by the name of the column. */
const ways: Record<string, (payload: Buffer) => unknown> = {
  read: (payload) => stamped.read(payload),
  'read, stamp, copy': (payload) => {
    stamped.read(payload);
    stamped.stampWith(stamp).copyTo(target, 0);
  },
  'JSON.parse': (payload) => JSON.parse(payload.toString()) as unknown,
  'JSON.parse, stringify': (payload) => {
    const message = JSON.parse(payload.toString()) as object;
    target.write(JSON.stringify({ ...message, client_id: ID }));
  },
  'as a host’s': (payload) => hosts.read(payload, false).receiver,
};

/** Like a socket hands them out: parts of one larger buffer. */
function payloadsOf(make: () => object): Buffer[] {
  const texts = Array.from({ length: PER_KIND }, () => Buffer.from(JSON.stringify(make())));
  const memory = Buffer.concat(texts);
  let end = 0;
  return texts.map(({ length }) => memory.subarray(end, (end += length)));
}

const bench = new Bench({ time: TIME, warmupTime: TIME / 5 });
for (const [kind, make] of Object.entries(kinds)) {
  const payloads = payloadsOf(make);
  for (const [way, take] of Object.entries(ways)) {
    bench.add(`${kind}: ${way}`, () => {
      for (const payload of payloads) take(payload);
    });
  }
}
const done = { count: 0 };
bench.addEventListener('cycle', () => {
  process.stderr.write(`\r${++done.count} of ${bench.tasks.length}`);
});
await bench.run();
process.stderr.write('\r');

/** Nanoseconds a message in the fastest turn: whatever else the machine does can only slow it. */
function nanoseconds(task: string): string {
  const result = bench.getTask(task)?.result;
  if (result?.state !== 'completed') return '?';
  return Math.round((result.latency.min * 1e6) / PER_KIND).toString();
}

const lines = Object.keys(kinds).map((kind) => [
  kind,
  ...Object.keys(ways).map((way) => nanoseconds(`${kind}: ${way}`)),
]);
console.log(textGrid(['ns a message', ...Object.keys(ways)], lines, 1));
