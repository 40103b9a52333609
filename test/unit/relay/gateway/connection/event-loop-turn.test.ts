// The bound of one turn: who is read on when, and who is written to first.
import { beforeEach, expect, test } from 'vitest';
import type { Gathering } from '../../../../../src/relay/rooms/turn.js';
import { EventLoopTurn } from '../../../../../src/relay/gateway/connection/event-loop-turn.js';

/** More than a turn reads. */
const TOO_MUCH = 1_000_000;

/** More small batches than a turn writes. */
const MANY = 1_200;

let time = 0;
let said: string[] = [];
let turn = new EventLoopTurn();

beforeEach(() => {
  time = 0;
  said = [];
  turn = new EventLoopTurn(() => time);
});

/** Something that is written, which takes `ms`. */
function letter(name: string, ms = 0, then: () => void = () => undefined): Gathering {
  return {
    flush: () => {
      said.push(name);
      time += ms;
      then();
    },
    failed: () => said.push(`${name} failed`),
  };
}

function reader(name: string, then: () => void = () => undefined): { readOn(): void } {
  return {
    readOn: () => {
      said.push(name);
      then();
    },
  };
}

async function turnEnds(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('[A29] writes leave in order when the turn ends, also those that are added meanwhile', async () => {
  const player = letter('player');
  turn.atEnd(letter('room', 0, () => turn.atEnd(player)));
  turn.atEnd(letter('host'));
  expect(said).toEqual([]);
  await turnEnds();
  expect(said).toEqual(['room', 'host', 'player']);
});

test('[E9] an error in one write is reported, and the others leave', async () => {
  const broken = letter('broken', 0, () => {
    throw new Error('broken');
  });
  for (const each of [broken, letter('whole')]) turn.atEnd(each);
  await turnEnds();
  expect(said).toEqual(['broken', 'broken failed', 'whole']);
});

test('[A29] a turn that has read enough says so until it ends', async () => {
  turn.spend(TOO_MUCH / 100);
  expect(turn.isSpent).toBe(false);
  turn.spend(TOO_MUCH);
  expect(turn.isSpent).toBe(true);
  turn.readLater(reader('a'));
  await turnEnds();
  expect([turn.isSpent, ...said]).toEqual([false, 'a']);
});

test('[A29] of connections whose reading continues each is first once', async () => {
  const names = ['a', 'b', 'c'];
  const again = (name: string): { readOn(): void } =>
    reader(name, () => void (said.length < 7 && turn.readLater(again(name))));
  for (const name of names) turn.readLater(again(name));
  for (let n = 0; n < 3; n++) await turnEnds();
  expect([said.slice(0, 3), said.slice(3, 6), said.slice(6)].map(([first]) => first)).toEqual([
    'b',
    'c',
    'a',
  ]);
});

test('[A29] a turn that has written enough leaves the rest to the next, after the messages of that turn', async () => {
  for (let n = 0; n < MANY; n++) turn.atEnd(letter(`${n}`, 1));
  turn.readLater(reader('reader'));
  await turnEnds();
  const first = said.length;
  expect(first).toBeLessThan(MANY);
  expect(turn.isSpent).toBe(true);
  turn.atEnd(letter('news'));
  await turnEnds();
  expect(said[first]).toBe('news');
  while (turn.isSpent) await turnEnds();
  const letters = said.filter((name) => /^\d/.test(name));
  expect(letters).toEqual(Array.from({ length: MANY }, (_, n) => `${n}`));
  expect(said.at(-1)).toBe('reader');
});

test('[A29] a large write leaves after the small ones of its turn, and does not delay later ones', async () => {
  for (let n = 0; n < 40; n++) turn.atEnd(letter(`large ${n}`, 1), true);
  turn.atEnd(letter('small'));
  await turnEnds();
  expect(said.slice(0, 2)).toEqual(['small', 'large 0']);
  turn.atEnd(letter('later'));
  const before = said.length;
  await turnEnds();
  expect(said[before]).toBe('later');
  while (turn.isSpent) await turnEnds();
  expect(said.filter((name) => name.startsWith('large'))).toHaveLength(40);
});
