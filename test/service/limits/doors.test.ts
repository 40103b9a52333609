// Every door that tells whether a code is open, asked in turn by one who guesses: the price is one (A17).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { FIXED } from '../../../src/config/fixed-limits.js';
import { RelayOptions } from '../../../src/config/relay-options.js';
import { projectRoot } from '../../harness/program.js';
import { Town } from '../../unit/relay/limits/town.js';

const ADDRESS = '192.0.2.1';
const { failedLoginsPerMinute, newHostsPerMinute, maxHostsPerAddress } = new RelayOptions();
const DEFAULTS = { failedLoginsPerMinute, newHostsPerMinute, maxHostsPerAddress };
const burst = failedLoginsPerMinute * FIXED.guessBurstMinutes;

/** Each resolves to whether the relay has answered. */
const DOORS: readonly ((town: Town, code: string) => boolean)[] = [
  (town, code) => town.guess(ADDRESS, code) === 'no-such-code',
  (town, code) => town.limits.refuseHost(ADDRESS, code) === undefined,
  (town, code) => town.look(ADDRESS, code) === 'closed',
  (town, code) => town.look(ADDRESS, code.toLowerCase(), code) === 'closed',
];

/** How many of that many new codes, each at the next door, are answered. */
function guessEverywhere(town: Town, guesses: number, prefix: string): number {
  const answers = Array.from({ length: guesses }, (_, at) =>
    DOORS[at % DOORS.length]!(town, `${prefix}${at}`),
  );
  return answers.filter(Boolean).length;
}

/** How many codes are answered for within an hour, to one who never stops asking. */
function guessForAnHour(town: Town): number {
  let answers = 0;
  for (let second = 0; second < 3_600; second++) {
    answers += guessEverywhere(town, 8, `S${second}-`);
    town.wait(1);
  }
  return answers;
}

test('[A17] all entrances together answer the burst at once, and then at the rate', () => {
  const town = new Town(DEFAULTS);
  const atOnce = guessEverywhere(town, 4_000, 'FIRST');
  expect(atOnce).toBeGreaterThan(burst / 2);
  expect(atOnce).toBeLessThanOrEqual(burst);
  expect(atOnce + guessForAnHour(town)).toBeLessThanOrEqual(burst + failedLoginsPerMinute * 60);
});

test.each(DOORS.map((door, at) => [at, door] as const))(
  '[A17] no entrance alone answers more than all of them together (%i)',
  (_, door) => {
    const town = new Town(DEFAULTS);
    const answers = Array.from({ length: 1_000 }, (__, at) => door(town, `GUESS${at}`)).filter(Boolean);
    expect(answers.length).toBeLessThanOrEqual(burst);
  },
);

test('[A17] an address that guesses without a pause does not keep its own hosts out', () => {
  const town = new Town(DEFAULTS);
  for (let minute = 0; minute < 10; minute++) {
    for (let at = 0; at < 1_000; at++) town.guess(ADDRESS, `M${minute}-${at}`);
    expect(town.host(ADDRESS, `PARTY${minute}`)).toBeTypeOf('function');
    town.wait(60);
  }
});

test('[A17] if an address may have more hosts than guesses, the limit on guesses applies to hosts too', () => {
  const town = new Town({ failedLoginsPerMinute: 60, newHostsPerMinute: 100 }, { guessBurstMinutes: 5 / 60 });
  expect(town.guessMany(ADDRESS, 100)).toBe(3);
  const hosts = ['A', 'B', 'C'].map((code) => town.limits.refuseHost(ADDRESS, code));
  expect(hosts).toEqual([undefined, undefined, 'too-many-failed-logins-of-address']);
});

test('[A17] the figures of SECURITY.md are those of an attacker that uses every entrance for an hour', () => {
  const town = new Town(DEFAULTS);
  guessEverywhere(town, 4_000, 'FIRST');
  const [parties, perMinute] = [100, Math.round(guessForAnHour(town) / 60)];
  const minutes = (letters: number): number => 26 ** letters / parties / perMinute;
  const text = readFileSync(join(projectRoot, 'SECURITY.md'), 'utf8').replace(/\s+/g, ' ');
  expect(text).toContain(`learns of ${burst} codes at once and of ${perMinute} a minute`);
  expect(text).toContain(`one hit in ${Math.round(minutes(4))} minutes`);
  expect(text).toContain(`one in ${Math.round(minutes(6) / 60 / 24)} days`);
});

test('[A17] two spellings of one code cost one guess, and are remembered as one', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 20 / 60 });
  const asked = Array.from({ length: 100 }, (_, at) => town.look(ADDRESS, `snek${at}`, `SNEK${at}`));
  expect(asked.filter((answer) => answer === 'closed')).toHaveLength(20);
  for (let at = 10; at < 20; at++) {
    expect(town.look(ADDRESS, `snek${at}`, `SNEK${at}`)).toBe('closed');
    expect(town.guess(ADDRESS, `SNEK${at}`)).toBe('no-such-code');
  }
  expect(town.look(ADDRESS, 'sNek19', 'SNEK19')).toBe('untold');
});

test('[A17] a code with a member from the address is answered in any spelling, and other codes are not', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  town.player(ADDRESS, 'PARTY');
  town.open.add('ELSEWHERE');
  town.guessMany(ADDRESS, 100);
  for (const spellings of [['PARTY'], ['party', 'PARTY']]) {
    expect(town.look(ADDRESS, ...spellings)).toBe('PARTY');
  }
  expect(town.look(ADDRESS, 'ELSEWHERE')).toBe('untold');
  expect(town.look('192.0.2.2', 'ELSEWHERE')).toBe('ELSEWHERE');
});

test('[A17] a code that is asked for again and again stays free while others guess', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  for (let second = 0; second < 100; second++) {
    expect(town.look(ADDRESS, 'party', 'PARTY')).toBe('closed');
    expect(town.guessMany(ADDRESS, 100, `S${second}-`)).toBe(second === 0 ? 4 : 1);
    town.wait(1);
  }
});

test('[A17] asking for an open code is free, however often', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  for (let at = 0; at < 100; at++) {
    town.open.add(`PARTY${at}`);
    expect(town.look(ADDRESS, `PARTY${at}`)).toBe(`PARTY${at}`);
  }
  expect(town.guessMany(ADDRESS, 100)).toBe(5);
});

test('[A17] of a thousand questions in flight no more are answered than the limit has room for', () => {
  const town = new Town({ failedLoginsPerMinute: 60 }, { guessBurstMinutes: 5 / 60 });
  const questions = Array.from({ length: 1_000 }, (_, at) => town.limits.ask(ADDRESS, [`GUESS${at}`]));
  expect(questions.filter(({ wait }) => wait === 0)).toHaveLength(5);
  for (const question of questions) {
    question.settle(false);
    question.settle(false);
  }
  expect(town.guessMany(ADDRESS, 100, 'NEW')).toBe(5);
});

test('[A17] the record of what an address has asked for takes no more memory than its codes', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const town = new Town({ failedLoginsPerMinute: 60 });
  const used = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const before = used();
  for (let at = 0; at < 2_000; at++) {
    // As a platform may cut it out of the address of a request.
    const url = `/j/A-CODE-OF-SOME-LENGTH-${at}/open?${String(at).repeat(2_000)}`;
    town.look(`2001:db8:0:${at.toString(16)}::1`, url.slice(3, url.indexOf('/', 3)));
  }
  expect((used() - before) / 2_000).toBeLessThan(3_000);
  expect(town.limits.size).toBe(2_000);
});
