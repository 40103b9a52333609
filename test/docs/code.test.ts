// Code in documents: it compiles against the package, and what can run runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, onTestFinished, test } from 'vitest';
import * as door from '../../src/index.js';
import { Script, runScript } from '../embed/scripts.js';
import { projectRoot } from '../harness/program.js';
import { loginHost, useRelay } from '../harness/relay.js';
import { useDevices } from '../pages/party/browser.js';
import { compile, functionsOfReader } from './compile.js';
import { documents, type Piece, placeOf } from './documents.js';

const relay = useRelay();
const devices = useDevices();

const blocks = documents.flatMap((document) => document.blocks);
const inTypeScript = blocks.filter(({ language }) => language === 'ts');
const forBrowsers = blocks.filter(({ language }) => language === 'js');

/** A block with the functions of its reader, which it calls and leaves out. */
function completed(block: Piece): Piece {
  const functions = functionsOfReader(block.text);
  const declarations = functions.map((name) => `declare function ${name}(...given: unknown[]): void;`);
  return { ...block, text: [block.text, ...declarations].join('\n') };
}

const CLIENT = ['PartyHost', 'PartyPlayer'];

/** Inline code that calls something of the package, `new RelayWsAdapter(app)` or `RelayModule.forRoot()`. */
const calls = documents
  .flatMap((document) => document.spans)
  .filter(({ text }) => {
    const [, name = ''] = /^(?:await )?(?:new )?([A-Z]\w+)(?:\.\w+)*\(/.exec(text) ?? [];
    return name in door || CLIENT.includes(name);
  })
  .map((span) => ({
    ...span,
    text: `
      import * as door from 'carparty-relay';
      import { PartyHost, PartyPlayer } from 'carparty-relay/client';
      import { WebSocket } from 'ws';
      declare const app: import('@nestjs/common').INestApplication;
      declare const code: string;
      declare const IoAdapter: new (app: unknown) => import('@nestjs/common').WebSocketAdapter;
      const { ${Object.keys(door).join(', ')} } = door;
      void [IoAdapter, WebSocket, app, code, PartyHost, PartyPlayer, ${Object.keys(door).join(', ')}];
      void (${span.text});
    `,
  }));

const shown = [...inTypeScript, ...forBrowsers.map(completed), ...calls];

/** Does what no document does, so that the compiler is known to look. */
const wrong = [
  "import { PartyPageModule } from 'carparty-relay';\nPartyPageModule.forRoot(7);",
  "import { RelayModul } from 'carparty-relay';\nvoid RelayModul;",
  "import { PartyHost } from '/client.js';\nnew PartyHost().on('joyn', () => 1);",
  'const a = ;',
  'show(somethingUndeclared);',
].map((text, line) => completed({ document: 'wrong.md', line, text }));

test('every block of code and every call in the text compiles', () => {
  expect([inTypeScript.length, forBrowsers.length, calls.length].every((count) => count > 0)).toBe(true);
  // Together, since a program takes seconds, however little is in it.
  const complaints = compile([...shown, ...wrong]);
  const isWrong = (complaint: string): boolean => complaint.startsWith('wrong.md');
  expect(complaints.filter((complaint) => !isWrong(complaint))).toEqual([]);
  const found = complaints.filter(isWrong).map((complaint) => complaint.split(' ')[0]);
  expect(new Set(found)).toEqual(new Set(wrong.map(placeOf)));
});

const backends = inTypeScript.filter(({ text }) => text.includes('NestFactory.create'));

test.each(backends)(
  '[C6] the backend at $document:$line starts, and a round is played on it',
  async (block) => {
    const { text } = block;
    // A port that is free, and where it is.
    const listening = text.replace(/(\w+)\.listen\(\d+\);/, (_, app: string) => {
      return `${app}.listen(0, '127.0.0.1');\nconsole.log('It listens at ' + (await ${app}.getUrl()));`;
    });
    expect(listening).not.toBe(text);
    const folder = join(projectRoot, '.cache/docs');
    const file = join(folder, `${placeOf(block).replace(/\W/g, '-')}.js`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, ts.transpileModule(listening, { compilerOptions: COMPILER }).outputText);
    const backend = new Script(file);
    onTestFinished(() => backend.signal('SIGKILL'));
    const ended = backend.exited.then(() => Promise.reject(new Error(backend.output)));
    const started = backend.logs.until(({ text }) => text.includes('It listens at'), 'the backend to listen');
    const { text: said } = await Promise.race([started, ended]);
    const path = /path: '([^']+)'/.exec(text)?.[1] ?? '/';
    const url = `${/http:\S+/.exec(said)?.[0].replace('http', 'ws')}${path}`;
    const { code, output } = await runScript('examples/play-a-round.mjs', url);
    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringContaining('the whole protocol') as string,
    });
  },
);

const COMPILER: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

const peers = forBrowsers.filter(({ text }) => /new Party(Host|Player)\b/.test(text));

test.each(peers)(
  'the page of $document:$line joins its party in a browser, without a complaint',
  async ({ text }) => {
    const origin = relay.url().replace('ws:', 'http:');
    const page = await devices.page(origin);
    await page.goto(`${origin}healthz`);
    const [, code] = /\bcode: '(\w+)'/.exec(text) ?? [];
    if (code !== undefined) {
      const host = await relay.connect();
      host.send(loginHost(code));
      await host.fence();
    }
    const [, peer = ''] = /const (\w+) = new Party(?:Host|Player)\b/.exec(text) ?? [];
    const functions = functionsOfReader(text).map((name) => `globalThis.${name} = () => undefined;`);
    const content = [...functions, text, `globalThis.peer = ${peer};`].join('\n');
    await page.addScriptTag({ type: 'module', content });
    await page.waitForFunction("globalThis.peer?.status.state === 'joined'");
    devices.expectNoComplaints();
  },
);
