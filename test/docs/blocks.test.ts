// Every fenced block of every document is checked by a test, or stands in a list with the reason why not.
import { expect, test } from 'vitest';
import ts from 'typescript';
import { isMessage } from './names.js';
import { documentOf, documents, placeOf, type Block } from './documents.js';

/** The languages whose blocks are tried, and where. */
const TRIED: Readonly<Record<string, string>> = {
  ts: 'code.test.ts',
  js: 'code.test.ts',
  sh: 'commands.test.ts',
  json: 'below',
  html: 'below',
  conf: '../backbone/permissions.test.ts',
};

/** Blocks that nothing can try, by the document and the words that they begin with. */
const NOT_TRIED: readonly { document: string; begins: RegExp; reason: string }[] = [
  {
    document: 'PROTOCOL.md',
    begins: /^game +relay +phone/,
    reason: 'a drawing; examples/play-a-round.mjs plays it',
  },
  { document: 'ARCHITECTURE.md', begins: /^ *upgrade +first message/, reason: 'a drawing of phases' },
  { document: 'ARCHITECTURE.md', begins: /^away -> waiting/, reason: 'a drawing of standings' },
  { document: 'ARCHITECTURE.md', begins: /^room -- host/, reason: 'a drawing of seats' },
  { document: 'ARCHITECTURE.md', begins: /^login with key/, reason: 'a drawing of a return' },
  { document: 'ARCHITECTURE.md', begins: /^main\.ts /, reason: 'a map; names.test.ts looks for its files' },
  { document: 'docs/operations.md', begins: /^ *phones, games ──▶/, reason: 'a drawing of nodes' },
  {
    document: 'bench/README.md',
    begins: /^workload +relay +figure/,
    reason: 'figures that the benchmark puts in',
  },
];

const blocks = documents.flatMap((document) => document.blocks);

/** Blocks of languages that nothing tries and that no reason excuses. */
function untried(all: readonly Block[]): string[] {
  const isExcused = ({ document, text }: Block): boolean =>
    NOT_TRIED.some((known) => known.document === document && known.begins.test(text));
  return all
    .filter(({ language }) => !(language in TRIED))
    .filter((block) => !(['', 'text'].includes(block.language) && isExcused(block)))
    .map((block) => `${placeOf(block)} is a block of ${block.language || 'no language'} that no test tries`);
}

test('no block is left without a test or a reason', () => {
  expect(blocks.length).toBeGreaterThan(15);
  expect(untried(blocks)).toEqual([]);
});

test('no reason outlives its block', () => {
  const isThere = ({ document, begins }: (typeof NOT_TRIED)[number]): boolean =>
    blocks.some((block) => block.document === document && begins.test(block.text));
  expect(NOT_TRIED.filter((known) => !isThere(known))).toEqual([]);
});

test('blocks of JSON are JSON, and logins in them are taken', () => {
  for (const block of blocks.filter(({ language }) => language === 'json')) {
    expect(() => JSON.parse(block.text) as unknown, placeOf(block)).not.toThrow();
    if (block.text.includes('"action"')) expect(isMessage(block.text), placeOf(block)).toBe(true);
  }
});

test('scripts in blocks of HTML can be parsed', () => {
  for (const block of blocks.filter(({ language }) => language === 'html')) {
    for (const [, script = ''] of block.text.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)) {
      const { diagnostics } = ts.transpileModule(script, { reportDiagnostics: true });
      expect(diagnostics, placeOf(block)).toEqual([]);
    }
  }
});

test('documents are really taken apart', () => {
  const text =
    '# A `b` c!\n\n```sh\nnpm `x`\n```\n\n    ~~~\n\nSay ``a`b`` or `c\nd`, [see](e.md#f).\n\n~~~yaml\na: 1\n~~~\n';
  const { blocks: found, spans, links, anchors } = documentOf('A.md', text);
  expect(found.map(({ language, line, text: code }) => [language, line, code])).toEqual([
    ['sh', 3, 'npm `x`\n'],
    ['yaml', 12, 'a: 1\n'],
  ]);
  expect(spans.map(({ line, text: code }) => [line, code])).toEqual([
    [1, 'b'],
    [9, 'a`b'],
    [9, 'c d'],
  ]);
  expect(links.map(({ text: target }) => target)).toEqual(['e.md#f']);
  expect(anchors).toEqual(['a-b-c']);
  expect(untried(found)).toEqual(['A.md:12 is a block of yaml that no test tries']);
});
