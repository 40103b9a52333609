// The clients that the relay is tried with: programs of other stacks under clients/, and the browsers of the pages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../harness/program.js';
import { BROWSERS } from '../pages/browsers/browsers.js';
import { BrowserClient } from './browser-client.js';
import type { Stack } from './client.js';
import { ProcessClient } from './process-client.js';

const clients = join(import.meta.dirname, 'clients');
const cache = join(projectRoot, '.cache/interop');
const gopath = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: join(cache, 'go') };
// Debian's packages are for Debian's own Python, which need not be the first in PATH.
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

type Trait = Partial<Pick<Stack, 'cannot' | 'silence' | 'goodbye' | 'goingAway'>>;

/** As RFC 6455 has it, where the table says nothing else. */
const USUAL = { cannot: [], silence: 'closed 1005', goodbye: 'closed 4001 bye', goingAway: 'closed 1001' };

interface Build {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function program(name: string, build: Build, command: readonly string[], trait: Trait = {}): Stack {
  return {
    name,
    ...USUAL,
    ...trait,
    prepare: () => run(build),
    start: (url, subprotocol) => Promise.resolve(new ProcessClient([...command, url, subprotocol])),
  };
}

/** Builds a client, or tries whether its library can be imported; what went wrong, unless nothing did. */
function run({ command: [name = '', ...args], env }: Build): string | undefined {
  mkdirSync(cache, { recursive: true });
  const options = { cwd: clients, env: { ...process.env, ...env }, encoding: 'utf8' } as const;
  const { status, stderr, error } = spawnSync(name, args, options);
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

function ofPython(name: string, folder: string, module: string, trait?: Trait): Stack {
  const build = { command: [python, '-c', `import ${module}`] };
  return program(name, build, [python, join(clients, folder, 'client.py')], trait);
}

function ofGo(name: string, folder: string, trait?: Trait): Stack {
  const built = join(cache, folder);
  const command = ['go', 'build', '-o', built, join(clients, folder, 'client.go')];
  return program(name, { command, env: gopath }, [built], trait);
}

const PROGRAMS: readonly Stack[] = [
  ofPython('Python websockets', 'python-websockets', 'websockets'),
  ofPython('Python websocket-client', 'websocket-client', 'websocket', { silence: 'closed -' }),
  ofPython('Python aiohttp', 'aiohttp', 'aiohttp', {
    cannot: ['fragments', 'pings'],
    silence: 'closed 0',
    // It ends TCP right behind its close frame.
    goodbye: 'closed None',
  }),
  ofPython('Python Tornado', 'tornado', 'tornado', { cannot: ['fragments'], silence: 'closed None' }),
  ofGo('Go gorilla', 'gorilla'),
  ofGo('Go nhooyr', 'nhooyr'),
  program(
    'libwebsockets',
    {
      command: ['gcc', '-o', join(cache, 'lws'), 'libwebsockets/client.c', '-lwebsockets', '-lpthread'],
    },
    [join(cache, 'lws')],
    // It keeps the answer to its close to itself.
    { silence: 'closed -', goodbye: 'closed -' },
  ),
  program('Java', { command: ['javac', '-d', join(cache, 'java'), 'java/Client.java'] }, [
    ...['java', '-cp', join(cache, 'java'), 'Client'],
  ]),
  program(
    'Mono',
    { command: ['mcs', `-out:${join(cache, 'mono.exe')}`, 'mono/client.cs'] },
    ['mono', join(cache, 'mono.exe')],
    { cannot: ['pings'], silence: 'closed 1000' },
  ),
  program('Perl Mojo', { command: ['perl', '-c', 'mojo/client.pl'] }, [
    ...['perl', join(clients, 'mojo/client.pl')],
  ]),
  program(
    'Ruby faye-websocket',
    { command: ['ruby', '-r', 'faye/websocket', '-c', 'faye/client.rb'] },
    ['ruby', join(clients, 'faye/client.rb')],
    { cannot: ['fragments'], silence: 'closed 1000' },
  ),
  program(
    'Node',
    { command: [process.execPath, '--experimental-websocket', '-e', 'WebSocket'] },
    [process.execPath, '--experimental-websocket', '--no-warnings', join(clients, 'node/client.mjs')],
    { cannot: ['fragments', 'pings'] },
  ),
];

export const STACKS: readonly Stack[] = [
  ...PROGRAMS,
  ...BROWSERS.map(({ name, start }): Stack => ({
    name,
    ...USUAL,
    cannot: ['fragments', 'pings'],
    // Without its browsers the command does not come to the tests.
    prepare: () => undefined,
    start: (url, subprotocol) => BrowserClient.start(start, url, subprotocol),
  })),
];
