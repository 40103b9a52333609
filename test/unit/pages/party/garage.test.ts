// What the big screen remembers of its cars beyond a reload.
import { beforeEach, expect, test } from 'vitest';
import { Arena } from '../../../../pages/party/screen/arena.js';
import { Garage } from '../../../../pages/party/screen/garage.js';

const silent = { bumped: (): void => undefined, scored: (): void => undefined };
/** What a browser keeps for the page: text. */
let stored: string | undefined;
const shelf = {
  recall: (): unknown => (stored === undefined ? undefined : JSON.parse(stored)),
  remember: (value: unknown): void => void (stored = JSON.stringify(value)),
};
beforeEach(() => (stored = undefined));

function reloaded(code: string): Arena {
  const arena = new Arena(silent);
  new Garage(shelf).open(arena, code);
  return arena;
}

const MIA = { name: 'Mia', colour: 6, score: 7, x: 300, y: 200, heading: 1 };

test('after a reload the star and each car are where they were, with name, colour and stars, and each car waits for its phone', () => {
  const arena = new Arena(silent);
  Object.assign(arena.enter('mia'), MIA);
  arena.star = { ...arena.star, x: 400, y: 100 };
  new Garage(shelf).keep(arena, 'SNEK');
  const { cars, star } = reloaded('SNEK');
  const [car] = cars.values();
  expect(star).toEqual(arena.star);
  expect(car).toMatchObject({ clientId: 'mia', ...MIA, isAway: true, vx: 0, stick: { x: 0, y: 0 } });
});

test('a party under another code begins without the cars of the one before', () => {
  const arena = new Arena(silent);
  arena.enter('mia');
  new Garage(shelf).keep(arena, 'SNEK');
  expect(reloaded('KDRP').cars.size).toBe(0);
});

test('a car that has left is not back after a reload, but its stars are known', () => {
  const arena = new Arena(silent);
  const garage = new Garage(shelf);
  Object.assign(arena.enter('mia'), MIA);
  garage.keep(arena, 'SNEK');
  arena.remove('mia');
  garage.keep(arena, 'SNEK');
  const after = new Garage(shelf);
  const empty = new Arena(silent);
  after.open(empty, 'SNEK');
  expect(empty.cars.size).toBe(0);
  expect(empty.enter('mia', after.find('mia'))).toMatchObject({ ...MIA, isAway: false });
});

test('the screen forgets the first of more than 64 cars', () => {
  const arena = new Arena(silent);
  const garage = new Garage(shelf);
  for (let id = 0; id < 66; id++) arena.enter(String(id));
  garage.keep(arena, 'SNEK');
  expect([garage.find('1'), garage.find('2')?.clientId]).toEqual([undefined, '2']);
  expect(reloaded('SNEK').cars.size).toBe(64);
});

test.each(['"SNEK"', '7', '{"code":"SNEK"}', '{"code":"SNEK","cars":[null,7,{"clientId":"a","isIn":true}]}'])(
  'a screen that finds %s in the store begins with an empty arena',
  (text) => {
    stored = text;
    expect(reloaded('SNEK').cars.size).toBe(0);
  },
);
