import { expect, test } from 'vitest';
import { Town, end } from './town.js';

const REFUSED = 'too-many-hosts-of-address';

test('[A18] an address may have as many hosts as its limit says, and no more', () => {
  const town = new Town({ maxHostsPerAddress: 3 });
  const hosts = ['A', 'B', 'C'].map((code) => town.host('192.0.2.1', code));
  expect(town.host('192.0.2.1', 'D')).toBe(REFUSED);
  expect(town.host('192.0.2.2', 'D')).toBeTypeOf('function');
  end(hosts[0] ?? '');
  expect(town.host('192.0.2.1', 'A')).toBeTypeOf('function');
  expect(town.host('192.0.2.1', 'E')).toBe(REFUSED);
});

test('[A18] players do not count as hosts', () => {
  const town = new Town({ maxHostsPerAddress: 3 });
  for (let players = 0; players < 100; players++) town.player('192.0.2.1');
  expect(town.host('192.0.2.1')).toBeTypeOf('function');
});

test('[A18] an address may ask for a limited number of rooms a minute', () => {
  const town = new Town({ newHostsPerMinute: 20 });
  for (let hosts = 0; hosts < 20; hosts++) end(town.host('192.0.2.1', `ROOM${hosts}`));
  expect(town.host('192.0.2.1')).toBe(REFUSED);
  town.wait(3);
  end(town.host('192.0.2.1'));
  expect(town.host('192.0.2.1')).toBe(REFUSED);
});

test('[A18] asking for a taken code counts as asking for a room, so that hosts cannot probe codes', () => {
  const town = new Town({ newHostsPerMinute: 20 });
  const answers = Array.from({ length: 1_000 }, () => town.limits.refuseHost('192.0.2.1', 'SNEK'));
  expect(answers.filter((answer) => answer === undefined)).toHaveLength(20);
});

test('[A18] a host opens its room though another peer at its address guesses codes', () => {
  const town = new Town({ failedLoginsPerMinute: 60, newHostsPerMinute: 20 }, { guessBurstMinutes: 5 / 60 });
  town.guessMany('192.0.2.1', 1_000);
  expect(town.host('192.0.2.1', 'PARTY')).toBeTypeOf('function');
  expect(town.player('192.0.2.1', 'PARTY')).toBeTypeOf('function');
});
