// SPEC.md and the tests, held together: no rule without a test, no test of a rule that does not exist.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './harness/program.js';

/** The rules that a specification promises, in its order: its list items begin with the id in bold. */
function rulesOf(specification: string): string[] {
  return [...specification.matchAll(/^- \*\*([A-Z]\d+)\*\* \S/gm)].map(([, id]) => id ?? '');
}

/** The rules that the titles of tests in a source begin with: `test('[L3] ...`, also with `.each` and the like. */
function rulesTestedBy(source: string): string[] {
  return [...source.matchAll(/(?:^|[\s)(])(['"`])\[([A-Z]\d+)\] \S/gm)].map(([, , id]) => id ?? '');
}

function testSources(): string[] {
  const root = join(projectRoot, 'test');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && path !== 'spec.test.ts')
    .map((path) => readFileSync(join(root, path), 'utf8'));
}

const rules = rulesOf(readFileSync(join(projectRoot, 'SPEC.md'), 'utf8'));
const tested = new Set(testSources().flatMap(rulesTestedBy));

test('every rule of SPEC.md has a test', () => {
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((id) => !tested.has(id))).toEqual([]);
});

test('every rule that a test names is in SPEC.md', () => {
  expect([...tested].filter((id) => !rules.includes(id))).toEqual([]);
});

test('the ids of rules in SPEC.md are unique', () => {
  expect(rules.filter((id, at) => rules.indexOf(id) !== at)).toEqual([]);
});

test('this test really reads rules and titles', () => {
  expect(rulesOf('# L\n- **L1** One.\n- **L2** Two,\n  with **L3** in it.\nL4\n- **note** no rule')).toEqual([
    'L1',
    'L2',
  ]);
  const source = [
    "test('[A1] one', () => 1);",
    'test("[A2] it\'s two", () => 1);',
    'test.each(rows)(`[A3] three`, () => 1);',
    'test.each([1, 2])(',
    "  '[A4] four %s',",
    "test('about [A5]', () => 1);",
    "expect(list['[A6]']).toBe(a[A7]);",
  ];
  expect(rulesTestedBy(source.join('\n'))).toEqual(['A1', 'A2', 'A3', 'A4']);
});
