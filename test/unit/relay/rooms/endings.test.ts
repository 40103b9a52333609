// The rule that an operator reads beside an ending must be about who ended: a host's is not a player's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENDINGS, type Ending, ruleOf, rulesOf } from '../../../../src/relay/rooms/endings.js';
import { projectRoot } from '../../../harness/program.js';

const SPEC = readFileSync(join(projectRoot, 'SPEC.md'), 'utf8');

/** The sentence of a rule. */
function sentenceOf(rule: string): string {
  return new RegExp(`^- \\*\\*${rule}\\*\\* (.*)$`, 'm').exec(SPEC)?.[1] ?? '';
}

const names = Object.keys(ENDINGS) as Ending[];

/** Endings that meet a connection in every phase. */
const COMMON: readonly Ending[] = [
  ...(['too-large', 'too-many-fragments', 'protocol-error', 'internal-error', 'shutdown'] as const),
];

/** Endings that meet hosts and players. */
const BOTH: readonly Ending[] = [
  ...COMMON,
  ...([
    'left',
    'missed-heartbeat',
    'slow-reader',
    'outboxes-full',
    'flood',
    'fenced',
    'closed-by-operator',
  ] as const),
];

test('[E6] every rule that an ending names is in the specification', () => {
  for (const name of names) {
    for (const role of ['host', 'player', undefined] as const) {
      const rule = ruleOf(name, role);
      expect([name, role, rule, sentenceOf(rule) !== '']).toEqual([name, role, rule, true]);
    }
  }
});

test.each(BOTH)('[E6] the rule of %s for a host is not about players, and the other way round', (name) => {
  expect(sentenceOf(ruleOf(name, 'host'))).not.toMatch(/^(A|When a) player /);
  expect(sentenceOf(ruleOf(name, 'player'))).not.toMatch(/^(A|When a) host /);
});

test.each(COMMON)('[E6] the rule of %s before the login is about neither role', (name) => {
  expect(sentenceOf(ruleOf(name, undefined))).not.toMatch(/^(A|When a) (host|player) /);
});

test.each(['not-json', 'not-an-object', 'too-deep', 'bad-login'] as const)(
  '[L8] a first message that is not a login ends by the rule of logins: %s',
  (name) => {
    expect(ruleOf(name, undefined)).toBe('L8');
  },
);

test.each(names)('[O1] %s has its own hint of one or two whole sentences', (name) => {
  const hint = ENDINGS[name].hint.replace('{code}', 'SNEK');
  expect(hint).toMatch(/^[A-Z].*\.$/);
  expect(hint.length).toBeLessThan(80);
  expect(names.filter((other) => ENDINGS[other].hint === ENDINGS[name].hint)).toHaveLength(1);
});

test('[E6] a client should never retry only after endings that cannot change', () => {
  const never = names.filter((name) => ENDINGS[name].retry === 'never');
  expect(never.sort()).toEqual(
    [
      ...(['bad-handshake', 'bad-login', 'bad-request', 'id-taken', 'not-authorized'] as const),
      ...(['origin-refused', 'replaced', 'speaks-tls', 'wrong-path'] as const),
    ].sort(),
  );
});

test('[E6] an ending of a host or player is never an ending of a login', () => {
  for (const name of BOTH) expect([name, ENDINGS[name].phase]).toEqual([name, 'session']);
});

test('[O17] a line about several silent connections names the rules of hosts and of players', () => {
  expect(rulesOf('missed-heartbeat')).toBe('A6, A7');
  expect(rulesOf('no-such-code')).toBe('L5');
});
