// What inline code names, by its shape, and whether that exists.
import { readCommandLine } from '../../src/config/command-line.js';
import { LoginClientDto, LoginPipe, LoginServerDto } from '../../src/relay/gateway/login/login.dto.js';
import { HostWishes } from '../../src/relay/gateway/login/wishes.dto.js';
import { readFirstMessage } from '../../src/relay/protocol/login.js';
import { type Piece, placeOf } from './documents.js';
import { hyphened, imports, isDeclared, isFile, isWritten, optionNames, otherFlags } from './known.js';

/** What documents name that is not ours, and whose it is. */
export const OF_OTHERS: Readonly<Record<string, string>> = {
  '--read-only': 'docker',
  '--no-memory-reducer': 'V8',
  'RELAY_...': 'a placeholder',
  'x/net': 'a Go package',
  '/chat': 'a gateway of the example',
  '/jsz': 'nats-server',
  '/proc': 'Linux',
  '/ws': 'a path for WebSockets',
  '/a/b?x=1': 'a path for WebSockets',
  '/game?x=1': 'a path for WebSockets',
  'faye-websocket': 'a library',
  'websocket-client': 'a library',
  'results/quick.json': 'written by the benchmark',
  'results/cluster.json': 'written by the benchmark',
  'results/partial.json': 'written by the benchmark',
  TerminusModule: 'Nest',
  WsAdapter: 'Nest',
  WebSocket: 'browsers and ws',
  ClientWebSocket: 'Mono',
  HttpClient: 'Java',
  QWebSocket: 'Qt',
  Forwarded: 'a header',
  Upgrade: 'a header',
  '/relay': 'a path for WebSockets',
  'module-sync': 'a condition of Node',
  'platform-ws': 'a package of Nest, behind another one of it',
};

/** A shape of inline code, and whether what it names exists. */
interface Rule {
  readonly what: string;
  readonly shape: RegExp;
  exists(this: void, found: RegExpExecArray, piece: Piece, origin: string): boolean | Promise<boolean>;
}

const RULES: readonly Rule[] = [
  {
    what: 'a flag',
    shape: /^--([a-z][\w-]*)((?: .+)?)$/,
    exists: ([text, flag = ''], { document }) => isFlag(text, flag, document),
  },
  {
    what: 'a variable',
    shape: /^(RELAY_\w+)(?:=(.+))?$/,
    exists: ([, name = '', value = '']) => isVariable(name, value),
  },
  {
    what: 'a file',
    shape: /^[\w./-]*\w\.(?:ts|mjs|json|yaml|conf|cfg|md)$/,
    exists: ([name], { document }) => isFile(name, document),
  },
  {
    what: 'a folder',
    shape: /^[\w.-]+(?:\/[\w.-]+)*\/$/,
    exists: ([name], { document }) => isFile(name, document),
  },
  { what: 'an import', shape: /^carparty-relay(?:\/[\w.-]+)?$/, exists: ([name]) => imports.has(name) },
  {
    what: 'a class',
    shape: /^([A-Z][a-z]+(?:[A-Z][a-z]+)*)(?:<[\w, ]+>)?(?:\.(\w+))?$/,
    exists: ([, name = '', member]) => isDeclared(name, member),
  },
  {
    what: 'a name of this project',
    shape: /^([a-z]+(?:-[a-z\d]+)+)$/,
    exists: ([name]) => optionNames.has(name) || hyphened.has(name),
  },
  {
    what: 'an object of the client',
    shape: /^\{ ([a-z]+(?:, [a-z]+)*) \}$/,
    exists: ([, names = '']) => names.split(', ').every(isWritten),
  },
  { what: 'a message', shape: /^(?:[→←] )?(\{.*\}|\{)$/, exists: ([, json = '']) => isMessage(json) },
  {
    what: 'a route',
    shape: /^(?:GET )?(\/[a-z][\w./-]*(?:\?[^ ]+)?)$/,
    exists: ([, path = ''], _, origin) => isServed(path, origin),
  },
  { what: 'a method', shape: /^([a-z]\w+)\(\)$/, exists: ([, name = '']) => isWritten(name) },
];

/** A flag of the relay, with a value that it takes; or one of our other programs. */
async function isFlag(text: string, flag: string, document: string): Promise<boolean> {
  if (!optionNames.has(flag)) return ['help', 'version'].includes(flag) || otherFlags.has(flag);
  if (text === `--${flag}` || document.startsWith('bench/')) return true;
  return isRead(text.split(' '), {});
}

async function isVariable(name: string, value: string): Promise<boolean> {
  return isRead([], { [name]: value });
}

async function isRead(args: string[], environment: NodeJS.ProcessEnv): Promise<boolean> {
  return readCommandLine(args, environment, '/nonexistent').then(
    () => true,
    () => false,
  );
}

/** Whether it is JSON, and a login that the relay takes if it is one. */
export function isMessage(json: string): boolean {
  const message = readFirstMessage(Buffer.from(json));
  if (typeof message === 'string') return false;
  const { action } = message;
  if (action === 'login_server') return isLogin(LoginServerDto, message);
  if (action === 'login_client') return isLogin(LoginClientDto, message);
  return action === undefined || action === 'connect' || action === 'disconnect';
}

function isLogin(kind: typeof LoginServerDto, message: object): boolean {
  try {
    return new LoginPipe(kind, HostWishes).transform(message) instanceof kind;
  } catch {
    return false;
  }
}

/** Nest answers "Cannot GET" for a route that does not exist. */
async function isServed(path: string, origin: string): Promise<boolean> {
  const answer = await fetch(new URL(path, origin), { redirect: 'manual' });
  return !(answer.status === 404 && (await answer.text()).includes('Cannot GET'));
}

/** What is wrong with the name of a piece, if anything; `origin` is a running relay. */
export async function complaintsAbout(piece: Piece, origin: string): Promise<string[]> {
  if (piece.text in OF_OTHERS) return [];
  for (const { what, shape, exists } of RULES) {
    const found = shape.exec(piece.text);
    if (found)
      return (await exists(found, piece, origin)) ? [] : [`${placeOf(piece)} ${piece.text} is not ${what}`];
  }
  return [];
}
