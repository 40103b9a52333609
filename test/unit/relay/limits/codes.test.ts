import { expect, test } from 'vitest';
import { Town, end } from './town.js';

const REFUSED = 'too-many-failed-logins-of-address';

test('[A17] an address may name a burst of wrong codes, and then its rate a minute', () => {
  const town = new Town({ failedLoginsPerMinute: 60 });
  expect(town.guessMany('192.0.2.1', 1_000, 'A')).toBe(120);
  town.wait(10);
  expect(town.guessMany('192.0.2.1', 1_000, 'B')).toBe(10);
  expect(town.guessMany('192.0.2.2', 1_000, 'A')).toBe(120);
});

test('[A17] an address that guesses too much does not learn whether a code is right', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  town.guessMany('192.0.2.1', 5);
  expect(town.player('192.0.2.1', 'RIGHT')).toBe(REFUSED);
  expect(town.guess('192.0.2.1', 'WRONG')).toBe(REFUSED);
});

test('[A17] a party still takes players of its address while another peer there guesses', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  const player = town.player('192.0.2.1', 'PARTY');
  end(town.host('192.0.2.1', 'OVER'));
  town.host('192.0.2.1', 'SCREEN');
  town.guessMany('192.0.2.1', 100);
  for (let late = 0; late < 100; late++) expect(town.player('192.0.2.1', 'PARTY')).toBeTypeOf('function');
  expect(town.player('192.0.2.1', 'SCREEN')).toBeTypeOf('function');
  expect(town.player('192.0.2.1', 'OVER')).toBe(REFUSED);
  end(player);
  expect(town.player('192.0.2.1', 'PARTY')).toBeTypeOf('function');
});

test('[A17] a party of another address does not count for this one', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  town.host('192.0.2.2', 'PARTY');
  town.guessMany('192.0.2.1', 100);
  expect(town.player('192.0.2.1', 'PARTY')).toBe(REFUSED);
});

test('[A17] phones that reconnect before their host are not counted as guessing', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  for (let phone = 0; phone < 1_000; phone++) expect(town.guess('192.0.2.1', 'PARTY')).toBe('no-such-code');
  town.host('192.0.2.2', 'PARTY');
  for (let phone = 0; phone < 1_000; phone++)
    expect(town.player('192.0.2.1', 'PARTY')).toBeTypeOf('function');
});

test('[A17] asking again and again is free for the last few codes of lost parties', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 20 / 60 });
  for (let round = 0; round < 100; round++) expect(town.guessMany('192.0.2.1', 10, 'LOST')).toBe(10);
  expect(town.guessMany('192.0.2.1', 100, 'NEW')).toBe(10);
});

test('[A17] any player of an address may take the next token: its new party waits a second at most', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  town.guessMany('192.0.2.1', 100);
  expect(town.player('192.0.2.1', 'PARTY')).toBe(REFUSED);
  town.wait(1);
  for (let phone = 0; phone < 100; phone++) expect(town.player('192.0.2.1', 'PARTY')).toBeTypeOf('function');
});
