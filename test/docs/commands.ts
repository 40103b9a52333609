// Commands in documents: whether the scripts, files, flags and variables that they name are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions as readBenchOptions } from '../../bench/options.js';
import { readCommandLine } from '../../src/config/command-line.js';
import { projectRoot } from '../harness/program.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const { scripts, ...ourPackage } = JSON.parse(read('package.json')) as {
  name: string;
  version: string;
  repository: { url: string };
  peerDependencies: Record<string, string>;
  scripts: Record<string, string>;
};

/** What a command of a line does, as words: variables in front of it apart. */
interface Command {
  readonly variables: readonly string[];
  readonly words: readonly string[];
}

/** The commands of a shell block or of inline code: comments, `&` and quotes taken off. */
export function commandsOf(shell: string): Command[] {
  return shell
    .split('\n')
    .flatMap((line) => line.replace(/(^|\s)#.*$/, '').split(/&&|\||;|&(?=\s*$)/))
    .map((command) => [...command.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)])
    .map((found) => found.map(([, single, double, bare]) => single ?? double ?? bare ?? ''))
    .map((words) => (words[0] === 'export' ? words.slice(1) : words))
    .filter((words) => words.length > 0)
    .map((words) => {
      const isVariable = (word: string): boolean => /^[A-Z_]+=/.test(word);
      const at = words.findIndex((word) => !isVariable(word));
      const first = at === -1 ? words.length : at;
      return { variables: words.slice(0, first), words: words.slice(first) };
    });
}

/** Checks a command. @throws what is wrong with it. */
export async function checkCommand({ variables, words }: Command): Promise<void> {
  await checkVariables(variables);
  const [program, ...args] = words;
  if (program === undefined) return;
  const check = PROGRAMS[program];
  if (check === undefined) throw new Error(`no test knows the program ${program}`);
  await check(args);
}

async function checkVariables(variables: readonly string[]): Promise<void> {
  const pairs = variables.map((text) => text.split('=') as [string, string]);
  await readCommandLine([], Object.fromEntries(pairs), '/nonexistent');
  for (const [name] of pairs) {
    if (!name.startsWith('RELAY_') && !OF_OTHERS.some((path) => read(path).includes(name)))
      throw new Error(`nothing reads the variable ${name}`);
  }
}

/** Where variables are read that are not the relay's. */
const OF_OTHERS = ['deploy/compose.yaml', 'deploy/nats-server.conf'];

type Check = (args: string[]) => unknown;

const RELAY = new Set(['dist/main', 'dist/main.js']);

const PROGRAMS: Readonly<Record<string, Check>> = {
  npm: checkNpm,
  npx: checkNpx,
  node: checkNode,
  'carparty-relay': (args) => readCommandLine(args, {}, '/nonexistent'),
  'nats-server': (args) => checkFlags('nats-server', args, { '-js': 0, '-c': 1 }, ['-c']),
  docker: checkDocker,
  curl: (args) => void new URL(args.at(-1)?.replace(/^(?!\w+:\/\/)/, 'http://') ?? ''),
  ulimit: (args) => checkFlags('ulimit', args, { '-n': 1 }, []),
};

async function checkNpm([verb = '', ...rest]: string[]): Promise<void> {
  if (verb === 'ci' || verb === 'pack') return expectNone(rest);
  if (verb === 'install') return checkInstall(rest);
  const isRun = verb === 'run';
  const script = isRun ? (rest.shift() ?? '') : verb;
  if (!(script in scripts) || !(isRun || ['start', 'test'].includes(verb)))
    throw new Error(`there is no npm script ${script}`);
  if (rest.length === 0) return;
  if (rest.shift() !== '--') throw new Error(`npm takes the arguments of ${script} behind --`);
  if (script === 'start') await readCommandLine(rest, {}, '/nonexistent');
  else if (script === 'bench') readBenchOptions(rest);
  else checkOwnFlags(/node (\S+\.mjs)/.exec(scripts[script] ?? '')?.[1] ?? '', rest);
}

/** What strangers install: our packages, by name, from git or from a file, and beside them packages that we know. */
function checkInstall(words: readonly string[]): void {
  const { name, version, repository, peerDependencies } = ourPackage;
  const ours = [name, 'carparty-relay-client', repository.url, `../${name}/${name}-${version}.tgz`];
  for (const word of words.filter((word) => word !== '--omit=optional')) {
    if (!ours.includes(word) && !(word.replace(/@\d+$/, '') in peerDependencies))
      throw new Error(`no test knows the package ${word}`);
  }
}

async function checkNpx(args: string[]): Promise<void> {
  const [program, ...rest] = args;
  if (program === 'carparty-relay') return void (await readCommandLine(rest, {}, '/nonexistent'));
  // Another Node for one of our own commands.
  const [yes, flag, node = '', run, command = ''] = args;
  if (yes !== '-y') return checkTsc(args);
  if (flag !== '-p' || !/^node@\d+$/.test(node) || run !== '-c')
    throw new Error('npx -y takes -p node@22 -c');
  for (const inner of commandsOf(command)) await checkCommand(inner);
}

// The flags of our own small programs, which read them by parseArgs.
function checkOwnFlags(path: string, args: readonly string[]): void {
  const options = /parseArgs\(\{[^]*?\n\}\)/.exec(read(path))?.[0] ?? '';
  for (const flag of args.filter((word) => word.startsWith('--'))) {
    if (!new RegExp(`^ +'?${flag.slice(2)}'?: \\{ type:`, 'm').test(options))
      throw new Error(`${path} has no flag ${flag}`);
  }
}

async function checkNode([path = '', ...args]: string[]): Promise<void> {
  if (RELAY.has(path)) return void (await readCommandLine(args, {}, '/nonexistent'));
  const built = /^\.cache\/(examples\/.+)\.js$/.exec(path)?.[1];
  const source = built === undefined ? path : `${built}.ts`;
  if (!existsSync(join(projectRoot, source))) throw new Error(`there is no file ${source}`);
  if (['examples/play-a-round.mjs', 'examples/staying/play.mjs'].includes(source))
    void new URL(args[0] ?? 'ws://127.0.0.1:8080');
  else if (source === 'examples/embed-in-nest/main.ts') checkExample(args);
  else if (source === 'examples/jwt-for-hosts/main.ts') checkPort(args);
  else throw new Error(`no test knows the arguments of ${source}`);
}

function checkExample([platform = '', port = '']: string[]): void {
  if (!['express', 'fastify'].includes(platform) || !/^\d+$/.test(port))
    throw new Error('the example takes express or fastify, and a port');
}

function checkPort([port = '', ...rest]: string[]): void {
  if (!/^\d+$/.test(port) || rest.length > 0) throw new Error('the example takes a port');
}

function checkTsc([program, flag, project = '']: string[]): void {
  if (program === 'nest' && flag === 'start' && existsSync(join(projectRoot, 'nest-cli.json'))) {
    return checkFlags('nest start', [project], { '--watch': 0 }, []);
  }
  if (program === 'vitest' && flag === 'run' && existsSync(join(projectRoot, project))) return;
  if (program !== 'tsc' || flag !== '-p') throw new Error('only npx tsc -p <project> is known');
  if (!existsSync(join(projectRoot, project, 'tsconfig.json')))
    throw new Error(`there is no project ${project}`);
}

function checkDocker([verb, ...args]: string[]): void {
  if (verb === 'build') return checkFlags('docker build', args, { '-t': 1 }, []);
  if (verb !== 'compose') throw new Error(`no test knows docker ${verb}`);
  const known = { '-f': 1, up: 0, '--build': 0, '-d': 0, '--no-deps': 0 };
  const services = [...read('deploy/compose.yaml').matchAll(/^ {2}([\w-]+):$/gm)].map(
    ([, name]) => name ?? '',
  );
  checkFlags(
    'docker compose',
    args.filter((word) => !services.includes(word)),
    known,
    ['-f'],
  );
}

/** @param known how many words follow each flag; @param files the flags that are followed by a file of the project. */
function checkFlags(
  program: string,
  args: readonly string[],
  known: Readonly<Record<string, number>>,
  files: readonly string[],
): void {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    if (program === 'docker build' && word === '.') continue;
    const values = known[word];
    if (values === undefined) throw new Error(`no test knows ${word} of ${program}`);
    const value = args[at + 1] ?? '';
    if (files.includes(word) && !existsSync(join(projectRoot, value)))
      throw new Error(`there is no file ${value}`);
    at += values;
  }
}

function expectNone(args: readonly string[]): void {
  if (args.length > 0) throw new Error(`nothing is known of ${args.join(' ')}`);
}
