// Whatever inline code names exists: options, variables, files, classes, rules, messages, endings, routes.
import { expect, test } from 'vitest';
import { useRelay } from '../harness/relay.js';
import { documents } from './documents.js';
import { flagsOfProgram, optionNames, rules } from './known.js';
import { complaintsAbout, OF_OTHERS } from './names.js';

const relay = useRelay();
const origin = (): string => relay.url().replace('ws:', 'http:');

const spans = documents.flatMap((document) => document.spans);

test('whatever inline code names exists', async () => {
  const complaints = await Promise.all(spans.map((span) => complaintsAbout(span, origin())));
  expect(complaints.flat()).toEqual([]);
});

test('every flag that the program or a file of deploy/ speaks of exists', () => {
  expect(flagsOfProgram.length).toBeGreaterThan(10);
  // Of Node and V8, of docker, and a counter that is made smaller.
  const others = ['semi-space-growth-factor', 'no-opt', 'opt', 'heapsnapshot-signal', 'build', 'depth'];
  const known = new Set([...optionNames, 'help', 'version', ...others]);
  expect(flagsOfProgram.filter(({ flag }) => !known.has(flag))).toEqual([]);
});

test('nothing is excused that no document names', () => {
  const named = new Set(spans.map(({ text }) => text));
  expect(Object.keys(OF_OTHERS).filter((name) => !named.has(name))).toEqual([]);
});

test('every rule that a document names is one of SPEC.md', () => {
  const ids = documents.flatMap(({ path, prose }) =>
    [...prose.matchAll(/\b[A-Z]\d{1,2}\b/g)].map(([id]) => ({ path, id })),
  );
  expect(ids.length).toBeGreaterThan(50);
  // V8 is the engine of Node.
  expect(ids.filter(({ id }) => id !== 'V8' && !rules.has(id))).toEqual([]);
});

test.each([
  '--trust-proxi',
  '--log-format xml',
  '--drain-seconds ten',
  'RELAY_TRUST_PROXI',
  'RELAY_PORT=abc',
  'gateway/front-gate.ts',
  'examples/embed/',
  'carparty-relay/server',
  'RelayModul',
  'RelayModule.forRot',
  'max-connexions',
  'no-such-party',
  '{"action":"login_server"}',
  '→ {"action":"login_client","server_code":"SNEK","client_id":467}',
  '{"action":"login","server_code":"SNEK"}',
  "{'any':'thing'}",
  'GET /v1/wye',
  '/consol',
  'retryAll()',
])('a name of nothing is found: %s', async (text) => {
  expect(await complaintsAbout({ document: 'README.md', line: 1, text }, origin())).toHaveLength(1);
});
