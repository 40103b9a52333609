// The house rule of words, as far as a list can keep it: CONTRIBUTING.md says the rest. It reads documents and sources
// whole, so that help, log lines, tables of sentences, test titles and comments all count.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './harness/program.js';

/** What has been read and put right; add a file or a folder here once it is clean. */
const CLEAN: readonly string[] = [
  'README.md',
  'ARCHITECTURE.md',
  'PROTOCOL.md',
  'SECURITY.md',
  'SPEC.md',
  'CHANGELOG.md',
  'docs',
  'bench/README.md',
  'client/README.md',
  'pages',
  'client/src',
  'src',
];

/** This file quotes what it bans. */
const QUOTES_THEM = 'test/prose.test.ts';

/** A word that the house does not use, and what to write instead. */
const RULES: readonly (readonly [banned: RegExp, instead: string])[] = [
  [/\bnobody\b/gi, 'say which peer does not, or "no player", "no host"'],
  [/\b(?:somebody|whoever)\b/gi, 'name the actor: a host, a player, a node, an operator'],
  [/\b(?:is|are|was|were)\s+told\b/gi, 'say who tells, learns, logs or reports'],
  [/(?<!\bthere\s+)\b(?:is|are)\s+no\b(?!\s+(?:longer|more than))/gi, 'negate the verb: "is not"'],
  [/\bso\s+(?:many|often)\b(?!,?\s+that)/gi, 'give the number, or name the limit'],
  [/\b(?:anew|seldom|likewise|in\s+earnest|as\s+ever)\b/gi, 'again, rarely, also, in production, as before'],
  [/\bof\s+(?:its|his|their)\s+own\b/gi, '"its own", "separate"'],
];

/** Text on one line: a sentence goes on behind a line break and the signs of a comment. */
const plain = (text: string): string =>
  text.replace(/\n[ \t]*(?:\/\/|\*(?!\/)|>)?/g, (gap) => ' '.repeat(gap.length));

/** Each breach of the rules in a text, as an editor opens it. */
function breaches(path: string, text: string): string[] {
  const words = plain(text);
  return RULES.flatMap(([banned, instead]) =>
    [...words.matchAll(banned)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${path}:${line} "${found.replace(/\s+/g, ' ')}": ${instead}`;
    }),
  );
}

function filesOf(path: string): string[] {
  if (statSync(join(projectRoot, path)).isFile()) return [path];
  return readdirSync(join(projectRoot, path), { recursive: true, encoding: 'utf8' })
    .map((name) => `${path}/${name}`)
    .filter(
      (name) =>
        /\.(?:ts|mjs|md|html|css)$/.test(name) && !/\bdist\b/.test(name) && !name.endsWith(QUOTES_THEM),
    );
}

test.each(CLEAN)('plain English in %s', (path) => {
  const found = filesOf(path).flatMap((file) =>
    breaches(file, readFileSync(join(projectRoot, file), 'utf8')),
  );
  expect(found).toEqual([]);
});

/** Test titles count everywhere but in these folders, whose titles still have to be read. */
const UNREAD_TITLES = /^test\/(?:cluster|unit\/cluster|unit\/config|docs|foreign\/hosts)\//;

/** A source with nothing left but its lines with titles. */
function titlesIn(source: string): string {
  const isTitle = /^\s*(?:(?:test|describe)\b[^'"`]*\(|(?=['"`]\[[A-Z]\d+\] ))['"`]/;
  const lines = source.split('\n');
  return lines.map((line) => (isTitle.test(line) ? line.replace(/, (?:async )?\(.*$/, '') : '')).join('\n');
}

test('plain English in test titles', () => {
  const files = filesOf('test').filter((path) => path.endsWith('.test.ts') && !UNREAD_TITLES.test(path));
  const sources = files.map(
    (path) => [path, titlesIn(readFileSync(join(projectRoot, path), 'utf8'))] as const,
  );
  expect(sources.filter(([, titles]) => titles.trim() !== '').length).toBeGreaterThan(100);
  expect(sources.flatMap(([path, titles]) => breaches(path, titles))).toEqual([]);
});

test('the words are really looked for', () => {
  const text =
    '// A host\n// is\n// told, and nobody\n/** is no\n * player. */\nThere is no host, which is no longer here.';
  expect(breaches('a.ts', text).map((found) => found.split(': ')[0])).toEqual([
    'a.ts:3 "nobody"',
    'a.ts:2 "is told"',
    'a.ts:4 "is no"',
  ]);
});
