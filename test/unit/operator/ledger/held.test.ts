// What is kept of texts that peers wrote, filled with the longest there are (L7), in bytes.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { IdBudget, KnownIds, MOST_IDS } from '../../../../src/operator/ledger/known-ids.js';
import { Sample } from '../../../../src/operator/ledger/sample.js';
import { Book, playerOf } from './book.js';

const MIB = 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A separate text, two bytes a character: the most that so many bytes of UTF-8 take in memory. */
function longest(bytes: number, n: number): string {
  return Buffer.from(`ą${String(n).padStart(bytes - 2, '-')}`).toString();
}

/** Twice: the memory of buffers is given back in the background, at the next collection at the latest. */
function collectAll(): void {
  collect();
  collect();
}

/** Bytes that `fill` leaves on the heap for as long as what it returns is there. */
function held(fill: () => object): number {
  collectAll();
  const before = process.memoryUsage();
  const kept = fill();
  collectAll();
  const after = process.memoryUsage();
  expect(kept).toBeDefined();
  return after.heapUsed + after.external - before.heapUsed - before.external;
}

test('[O7] a full ledger keeps the texts of each entry and little else', () => {
  const size = 2_000;
  const bytes = held(() => {
    const book = new Book(size);
    for (let n = 0; n < 3 * size; n++) {
      book.ended('left', playerOf(longest(256, n), longest(1_024, n)), `10.${n % 100}.${n % 7}.1`);
    }
    return book;
  });
  expect(bytes).toBeLessThan(size * (2 * (1_024 + 256) + 2_048));
});

test('[O16] the ids of all rooms together take some megabytes, however long they are', () => {
  const ids = Array.from({ length: 1_500 }, (_, n) => longest(128, n));
  const bytes = held(() => {
    const budget = new IdBudget();
    const rooms = Array.from({ length: 200 }, () => new KnownIds(budget));
    for (const room of rooms) for (const id of ids) room.add(id);
    return rooms;
  });
  expect(MOST_IDS).toBeLessThan(200 * ids.length);
  expect(bytes).toBeLessThan(16 * MIB);
});

test('[O16] a sample of a room keeps no large message', () => {
  const large = Buffer.alloc(MIB, 'x');
  const bytes = held(() => {
    const looks = Array.from({ length: 50 }, () => new Sample());
    for (const look of looks) look.look({}, large);
    return looks;
  });
  expect(bytes).toBeLessThan(MIB);
});
