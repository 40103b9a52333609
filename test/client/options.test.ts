// The document of the client and its options, held together.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { numbersOf } from '../../client/src/options.js';
import { projectRoot } from '../harness/program.js';

const document = readFileSync(join(projectRoot, 'client/README.md'), 'utf8');

/** The members of an interface in a file of the client, each with its doc comment. */
function membersOf(file: string, name: string): string[] {
  const source = readFileSync(join(projectRoot, 'client/src', file), 'utf8');
  const { statements } = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022);
  const found = statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (!found || !ts.isInterfaceDeclaration(found)) throw new Error(`${file} has no interface ${name}`);
  return found.members.map((member) => (member.name && ts.isIdentifier(member.name) ? member.name.text : ''));
}

/** The cells behind the one that names it, in the row of a table. */
function rowOf(name: string): string[] | undefined {
  const row = document.split('\n').find((line) => line.startsWith(`| \`${name}\``));
  return row
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

test.each([
  ['options.ts', 'ConnectionOptions'],
  ['host-options.ts', 'HostOptions'],
  ['party-player.ts', 'PlayerOptions'],
  ['host-events.ts', 'HostEvents'],
  ['party-player.ts', 'PlayerEvents'],
])('the document lists each member of %s, %s', (file, name) => {
  const members = membersOf(file, name);
  expect(members.length).toBeGreaterThan(1);
  expect(members.filter((member) => !rowOf(member))).toEqual([]);
});

test('the first page names each option of the client', () => {
  const page = readFileSync(join(projectRoot, 'README.md'), 'utf8');
  const options = [
    ...membersOf('options.ts', 'ConnectionOptions'),
    ...membersOf('host-options.ts', 'HostOptions'),
    ...membersOf('party-player.ts', 'PlayerOptions'),
  ];
  expect(options.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('the defaults in the document are those of the client', () => {
  for (const [name, value] of Object.entries(numbersOf({}))) {
    const written = value === Infinity ? 'none' : value.toLocaleString('en');
    expect([name, rowOf(name)?.[0]]).toEqual([name, written]);
  }
});

test('the document lists the reasons that the client itself gives', () => {
  const source = readFileSync(join(projectRoot, 'client/src/reason.ts'), 'utf8');
  const codes = [...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(8);
  expect(codes.filter((code) => !rowOf(code))).toEqual([]);
});
