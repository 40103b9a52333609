// The map of the source, kept true: which folder may import which, and who may touch what.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { projectRoot } from './harness/program.js';

/** Files of `src` by their path within it. */
type Sources = ReadonlyMap<string, string>;

/**
 * The wings, in five sentences: the program may import everything. Operator modules and the party page may import
 * `http`, the relay and the options. The cluster and `http` may import the relay and the options. The relay may import
 * the options. The options import nothing. `relay.module` puts the relay and the cluster together, and `main` starts.
 */
const WINGS: Readonly<Record<string, readonly string[]>> = {
  main: ['program'],
  program: ['relay.module', 'operator', 'party-page', 'http', 'relay', 'config'],
  'relay.module': ['cluster', 'relay', 'config'],
  operator: ['http', 'relay', 'config'],
  'party-page': ['http', 'relay', 'config'],
  http: ['relay', 'config'],
  cluster: ['relay', 'config'],
  relay: ['config'],
  config: [],
};

/** The rooms of the relay, from the top floor down: each may import those that it names. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  service: ['gateway', 'limits', 'session', 'seats', 'routing', 'rooms', 'protocol'],
  gateway: ['limits', 'logging', 'session', 'seats', 'routing', 'rooms', 'protocol'],
  logging: ['limits', 'session', 'seats', 'rooms'],
  limits: ['session', 'rooms'],
  session: ['seats', 'rooms', 'protocol'],
  seats: ['rooms', 'protocol'],
  routing: ['rooms', 'protocol'],
  rooms: ['protocol'],
  protocol: [],
};

/** The rooms of the cluster, and what they share: claims and players do not know each other. Its other files may import all. */
const CLUSTER: Readonly<Record<string, readonly string[]>> = {
  players: ['link', 'broker', 'shared-parts', 'clock', 'timings'],
  link: ['broker', 'clock'],
  claims: ['broker', 'clock', 'timings'],
  broker: [],
  clock: [],
  timings: [],
};

/** An operator module can be deleted with its one import: it knows none of the others but these. */
const SHARED = ['ledger', 'access'];

/** The public door for a larger backend may open on anything, and no file inside goes through it. */
const DOOR = 'index';

interface Limit {
  what: string;
  found: RegExp;
  allowedIn: readonly string[];
}

/** What only some places may write in their code; comments do not count. */
const LIMITS: readonly Limit[] = [
  { what: 'JSON.parse', found: /\bJSON\s*\.\s*parse\b/, allowedIn: ['relay/protocol'] },
  // CommonJS has none: a bundle, or Jest, could not load the module.
  { what: 'import.meta', found: /\bimport\.meta\b/, allowedIn: [] },
  { what: 'process.env', found: /\bprocess\s*(\.\s*env\b|\[)|\bimport\.meta\.env\b/, allowedIn: ['config'] },
];

/** The ground: no timers, no turns of the event loop, no log. */
const PURE = ['relay/protocol', 'relay/rooms'];
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
  return mayImport(place, target) ? [] : [`${path} imports ${imported}`];
}

function mayImport(from: string, to: string): boolean {
  const [wing = '', room = ''] = from.split('/');
  const [otherWing = '', otherRoom = ''] = to.split('/');
  if (wing !== otherWing) return (WINGS[wing] ?? []).includes(otherWing);
  if (wing === 'operator') return SHARED.includes(otherRoom) && room !== 'ledger';
  if (wing === 'cluster') return CLUSTER[room]?.includes(otherRoom) ?? true;
  return (ROOMS[room] ?? []).includes(otherRoom);
}

function badPackage(path: string, place: string, name: string): string[] {
  const pure = PURE.includes(place) && name !== 'node:buffer';
  const knowsWs = name === 'ws' && place !== 'relay/gateway';
  return pure || knowsWs ? [`${path} imports ${name}`] : [];
}

/** A wing; a room where a wing has rooms of which something is asked; or the name of a file that lies in no folder. */
function placeOf(path: string): string {
  const [wing = '', room = ''] = path.split('/');
  if (wing === 'relay' || wing === 'operator') return `${wing}/${room}`;
  if (wing === 'cluster') return `${wing}/${room.replace(/\.[jt]s$/, '')}`;
  return /^relay\.module/.test(wing) ? 'relay.module' : wing.replace(/\.[jt]s$/, '');
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
  ['relay/rooms/room.ts', "import { a } from '../session/session.js';", 'imports ../session/session.js'],
  ['relay/routing/a.ts', "import type { A } from '../session/session.js';", 'imports ../session/session.js'],
  [
    'relay/session/a.ts',
    "export * from '../gateway/relay.gateway.js';",
    'imports ../gateway/relay.gateway.js',
  ],
  ['relay/limits/a.ts', "import '../../cluster/a.js';", 'imports ../../cluster/a.js'],
  ['main.ts', "const a = await import('./relay.module.js');", 'imports ./relay.module.js'],
  ['relay/gateway/a.ts', "import { a } from '../../index.js';", 'imports the public door'],
  [
    'relay/gateway/a.ts',
    "import { a } from '../../operator/health/a.js';",
    'imports ../../operator/health/a.js',
  ],
  ['operator/health/a.ts', "import { a } from '../../cluster/a.js';", 'imports ../../cluster/a.js'],
  ['operator/health/a.ts', "import { a } from '../metrics/a.js';", 'imports ../metrics/a.js'],
  ['operator/ledger/a.ts', "import { a } from '../access/a.js';", 'imports ../access/a.js'],
  [
    'party-page/a.ts',
    "import { a } from '../operator/ledger/ledger.js';",
    'imports ../operator/ledger/ledger.js',
  ],
  ['cluster/a.ts', "import { a } from '../http/a.js';", 'imports ../http/a.js'],
  ['cluster/claims/a.ts', "import { A } from '../players/a.js';", 'imports ../players/a.js'],
  ['cluster/players/a.ts', "import { A } from '../claims/a.js';", 'imports ../claims/a.js'],
  ['cluster/broker/nats/a.ts', "import { A } from '../../shared-parts.js';", 'imports ../../shared-parts.js'],
  ['relay/protocol/a.ts', "import { Injectable } from '@nestjs/common';", 'imports @nestjs/common'],
  ['relay/rooms/a.ts', "import { WebSocket } from 'ws';", 'imports ws'],
  ['relay/rooms/a.ts', "import { setTimeout } from 'node:timers/promises';", 'imports node:timers/promises'],
  ['relay/session/a.ts', "import { WebSocket } from 'ws';", 'imports ws'],
  ['relay/rooms/a.ts', 'setImmediate(() => 1);', 'uses setImmediate'],
  ['relay/protocol/a.ts', 'process.nextTick(() => 1);', 'uses nextTick'],
  ['relay/gateway/a.ts', 'const a = JSON.parse(text);', 'uses JSON.parse'],
  ['relay/gateway/a.ts', 'const a = process.env.PORT;', 'uses process.env'],
  ['main.ts', "const a = process['env'];", 'uses process.env'],
  ['config/a.ts', 'const a = import.meta.url;', 'uses import.meta'],
  ['config/a.ts', "import { a } from '../relay/rooms/a.js';", 'imports ../relay/rooms/a.js'],
];
test.each(bad)('the arrows are really read: %s, %s', (path, source, complaint) => {
  const found = complaints(new Map([[path, source]]));
  expect(found).toContain(`${path} ${complaint}`);
});

const good: [string, string][] = [
  ['relay/rooms/room.ts', "import { a } from '../protocol/message.js'; // not setTimeout, not JSON.parse"],
  [
    'relay/gateway/a.ts',
    "import { WebSocket } from 'ws'; import { a } from '../rooms/a.js'; setTimeout(a, 1);",
  ],
  ['index.ts', "export { A } from './relay/gateway/a.js'; export { B } from './operator/why/b.js';"],
  ['operator/health/a.ts', "import { A } from '../../relay/service/a.js'; import './page.js';"],
  ['operator/health/a.ts', "import { Ledger } from '../ledger/ledger.js';"],
  ['cluster/claims/a.ts', "import { A } from '../../relay/rooms/a.js';"],
  ['cluster/players/a.ts', "import { A } from '../link/a.js'; import { wait } from '../clock.js';"],
  ['cluster/shared-backbone.ts', "import { Claims } from './claims/claims.js';"],
  ['program/app.module.ts', "import { HealthModule } from '../operator/health/health.module.js';"],
];
test.each(good)('nothing is said against what is right: %s, %s', (path, source) => {
  expect(complaints(new Map([[path, source]]))).toEqual([]);
});
