// The map of the source, kept true: which folder may import which, and who may touch what.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { projectRoot } from './harness/program.js';

/** Files of `src` by their path within it. */
type Sources = ReadonlyMap<string, string>;

/**
 * Which places a place may import, besides itself: main -> app.module -> relay.module -> gateway -> session,
 * routing -> rooms -> protocol. A folder that is not named here is an operator module (see {@link OPERATOR}).
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  main: ['program', 'config'],
  program: ['app.module', 'config', 'logging', 'operator'],
  'app.module': ['relay.module', 'config', 'logging', 'operator'],
  'relay.module': [
    'gateway',
    'limits',
    'logging',
    'session',
    'routing',
    'backbone',
    'rooms',
    'protocol',
    'config',
  ],
  gateway: ['limits', 'logging', 'session', 'routing', 'rooms', 'protocol', 'config'],
  limits: ['session', 'rooms', 'config'],
  logging: ['limits', 'session', 'rooms', 'config'],
  session: ['backbone', 'rooms', 'protocol', 'config'],
  backbone: ['rooms', 'protocol', 'config'],
  routing: ['rooms', 'protocol', 'config'],
  rooms: ['protocol'],
  protocol: [],
  config: ['built'],
  built: [],
};

/** What operator modules share. */
const SHARED = ['ledger', 'access'];
const OUTSIDE: readonly string[] = ['relay.module', 'config', 'logging', 'built'];

/** An operator module can be deleted with its one import: it sees the relay from outside. */
const OPERATOR: readonly string[] = [...OUTSIDE, 'shared'];

/** The public door for a larger backend may open on anything, and nobody inside goes through it. */
const DOOR = 'index';

interface Limit {
  what: string;
  found: RegExp;
  allowedIn: readonly string[];
}

/** What only some places may write in their code; comments do not count. */
const LIMITS: readonly Limit[] = [
  { what: 'JSON.parse', found: /\bJSON\s*\.\s*parse\b/, allowedIn: ['protocol'] },
  // CommonJS has none: a bundle, or Jest, could not load the module.
  { what: 'import.meta', found: /\bimport\.meta\b/, allowedIn: [] },
  { what: 'process.env', found: /\bprocess\s*(\.\s*env\b|\[)|\bimport\.meta\.env\b/, allowedIn: ['config'] },
];

/** The ground: no timers, no turns of the event loop, no log. */
const PURE = ['protocol', 'rooms'];
const IMPURE = /\b(setTimeout|setInterval|setImmediate|queueMicrotask|nextTick|console)\b/;

/** All that is wrong with the sources, one sentence each. */
function complaints(sources: Sources): string[] {
  return [...sources].flatMap(([path, source]) => {
    const place = placeOf(path);
    const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
    return [
      ...ts.preProcessFile(source).importedFiles.flatMap(({ fileName }) => badImport(path, place, fileName)),
      ...LIMITS.filter(({ found, allowedIn }) => found.test(code) && !allowedIn.includes(place)).map(
        ({ what }) => `${path} uses ${what}`,
      ),
      ...(PURE.includes(place) && IMPURE.test(code) ? [`${path} uses ${IMPURE.exec(code)?.[0]}`] : []),
    ];
  });
}

function badImport(path: string, place: string, imported: string): string[] {
  if (!imported.startsWith('.')) return badPackage(path, place, imported);
  const target = placeOf(posix.join(posix.dirname(path), imported));
  if (target === DOOR) return [`${path} imports the public door`];
  if (place === DOOR || place === target) return [];
  const allowed = ALLOWED[place] ?? (SHARED.includes(place) ? OUTSIDE : OPERATOR);
  const kind = target in ALLOWED ? target : SHARED.includes(target) ? 'shared' : 'operator';
  return allowed.includes(kind) ? [] : [`${path} imports ${imported}`];
}

function badPackage(path: string, place: string, name: string): string[] {
  const pure = PURE.includes(place) && name !== 'node:buffer';
  const knowsWs = name === 'ws' && place !== 'gateway';
  return pure || knowsWs ? [`${path} imports ${name}`] : [];
}

/** The folder, or the name of a file that lies in no folder; the module's helpers count as the module. */
function placeOf(path: string): string {
  const [first = ''] = path.split('/');
  return /^relay\./.test(first) ? 'relay.module' : first.replace(/\.[jt]s$/, '');
}

function readSources(): Sources {
  const root = join(projectRoot, 'src');
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]));
}

test('the arrows of import go one way, and everything stays in its place', () => {
  const sources = readSources();
  for (const place of ['main.ts', 'index.ts', 'relay.module.ts'])
    expect([...sources.keys()]).toContain(place);
  expect(complaints(sources)).toEqual([]);
});

const bad: [string, string, string][] = [
  ['rooms/room.ts', "import { a } from '../session/session.js';", 'imports ../session/session.js'],
  ['routing/a.ts', "import type { A } from '../session/session.js';", 'imports ../session/session.js'],
  ['session/a.ts', "export * from '../gateway/relay.gateway.js';", 'imports ../gateway/relay.gateway.js'],
  ['app.module.ts', "import './gateway/relay.gateway.js';", 'imports ./gateway/relay.gateway.js'],
  ['main.ts', "const a = await import('./relay.module.js');", 'imports ./relay.module.js'],
  ['gateway/a.ts', "import { a } from '../index.js';", 'imports the public door'],
  ['gateway/a.ts', "import { a } from '../health/health.module.js';", 'imports ../health/health.module.js'],
  ['health/a.ts', "import { a } from '../gateway/a.js';", 'imports ../gateway/a.js'],
  ['health/a.ts', "import { a } from '../metrics/a.js';", 'imports ../metrics/a.js'],
  ['ledger/a.ts', "import { a } from '../health/a.js';", 'imports ../health/a.js'],
  ['gateway/a.ts', "import { a } from '../ledger/ledger.js';", 'imports ../ledger/ledger.js'],
  ['protocol/a.ts', "import { Injectable } from '@nestjs/common';", 'imports @nestjs/common'],
  ['rooms/a.ts', "import { WebSocket } from 'ws';", 'imports ws'],
  ['rooms/a.ts', "import { setTimeout } from 'node:timers/promises';", 'imports node:timers/promises'],
  ['session/a.ts', "import { WebSocket } from 'ws';", 'imports ws'],
  ['rooms/a.ts', 'setImmediate(() => 1);', 'uses setImmediate'],
  ['protocol/a.ts', 'process.nextTick(() => 1);', 'uses nextTick'],
  ['gateway/a.ts', 'const a = JSON.parse(text);', 'uses JSON.parse'],
  ['gateway/a.ts', 'const a = process.env.PORT;', 'uses process.env'],
  ['main.ts', "const a = process['env'];", 'uses process.env'],
  ['config/a.ts', 'const a = import.meta.url;', 'uses import.meta'],
];
test.each(bad)('the arrows are really read: %s, %s', (path, source, complaint) => {
  const found = complaints(new Map([[path, source]]));
  expect(found).toContain(`${path} ${complaint}`);
});

const good: [string, string][] = [
  ['rooms/room.ts', "import { a } from '../protocol/message.js'; // not setTimeout, not JSON.parse"],
  ['gateway/a.ts', "import { WebSocket } from 'ws'; import { a } from '../rooms/a.js'; setTimeout(a, 1);"],
  ['index.ts', "export { A } from './gateway/a.js'; export { B } from './rooms/b.js';"],
  ['health/health.module.ts', "import { RelayService } from '../relay.service.js'; import './page.js';"],
  ['health/a.ts', "import { Ledger } from '../ledger/ledger.js';"],
  ['app.module.ts', "import { HealthModule } from './health/health.module.js';"],
];
test.each(good)('nothing is said against what is right: %s, %s', (path, source) => {
  expect(complaints(new Map([[path, source]]))).toEqual([]);
});
