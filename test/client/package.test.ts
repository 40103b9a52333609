// What is delivered: one small file for browsers, and modules with types that need nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Inbox } from '../harness/inbox.js';
import { projectRoot } from '../harness/program.js';
import { BuiltRelay } from './relays.js';

const LIMIT = 9_000;
const relay = new BuiltRelay();
beforeAll(() => relay.start());
afterAll(() => relay.stop());

test('the relay serves the client as one file of less than 9 kB gzipped, to pages of any origin', async () => {
  const response = await fetch(`${relay.origin}/client.js`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(ts.preProcessFile(text).importedFiles).toEqual([]);
  expect(gzipSync(text).byteLength).toBeLessThan(LIMIT);
});

test('the served file is a module with both classes', async () => {
  const text = await (await fetch(`${relay.origin}/client.js`)).text();
  const module = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Record<
    string,
    unknown
  >;
  expect(Object.keys(module).sort()).toEqual(['PartyHost', 'PartyPlayer', 'normalCode', 'proposeCode']);
});

test('a party plays with the served file, whose private members are not private any more', async () => {
  const text = await (await fetch(`${relay.origin}/client.js`)).text();
  expect(text).not.toMatch(/\bthis\.#|WeakMap|\?\.[a-z]|\?\?/);
  const { PartyHost, PartyPlayer } = (await import(
    `data:text/javascript,${encodeURIComponent(text)}`
  )) as typeof import('../../client/src/index.js');
  const { url } = relay;
  const host = new PartyHost({ url, WebSocket });
  const player = new PartyPlayer({ url, WebSocket, code: host.code, clientId: 'mia' });
  const inbox = new Inbox<unknown>();
  host.on('message', (message, id) => {
    inbox.put(message);
    host.sendTo(id, { say: 'welcome' });
  });
  player.on('message', (message) => inbox.put(message));
  player.send({ say: 'hello' });
  expect(await inbox.take(2, 'what was said')).toEqual([{ say: 'hello' }, { say: 'welcome' }]);
  player.close();
  host.close();
});

test('the modules of the client import only each other', () => {
  const folder = join(projectRoot, 'client/src');
  for (const name of readdirSync(folder)) {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, name), 'utf8'));
    for (const { fileName } of importedFiles) expect(fileName).toMatch(/^\.\/[a-z-]+\.js$/);
  }
});
