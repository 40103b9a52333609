// Links within the documents lead to files and headings that are there.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../harness/program.js';
import { documents, type Piece, placeOf } from './documents.js';

/** What is wrong with a link, if anything; those that lead elsewhere are not followed. */
function complaintAbout(link: Piece): string[] {
  if (/^\w+:/.test(link.text))
    return URL.canParse(link.text) ? [] : [`${placeOf(link)} ${link.text} is no URL`];
  const [file = '', anchor] = link.text.split('#');
  const path = file === '' ? link.document : join(dirname(link.document), file);
  if (!existsSync(join(projectRoot, path))) return [`${placeOf(link)} ${link.text}: there is no ${path}`];
  if (anchor === undefined) return [];
  const target = documents.find((document) => document.path === path);
  return target?.anchors.includes(anchor)
    ? []
    : [`${placeOf(link)} ${link.text}: ${path} has no such heading`];
}

test('every link leads somewhere', () => {
  const links = documents.flatMap((document) => document.links);
  expect(links.length).toBeGreaterThan(30);
  expect(links.flatMap(complaintAbout)).toEqual([]);
});

test.each(['GONE.md', 'SPEC.md#gone', '#gone', 'http://'])('a link to %s is found', (text) => {
  expect(complaintAbout({ document: 'README.md', line: 1, text })).toHaveLength(1);
});
