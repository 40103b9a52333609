// What there is: the names that documents may use, read from where they are defined.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { usage } from '../../bench/options.js';
import { clusterRelays } from '../../bench/relays.js';
import { workloads } from '../../bench/workloads.js';
import { optionsOf } from '../../src/config/option.decorator.js';
import { ProgramOptions } from '../../src/config/relay-options.js';
import { ENDINGS } from '../../src/relay/rooms/endings.js';
import { projectRoot } from '../harness/program.js';

export const options = optionsOf(ProgramOptions);
export const optionNames = new Set(options.map(({ flag }) => flag));

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

const FOLDERS = ['src', 'client', 'pages', 'test', 'bench', 'examples', 'deploy'];

/** The sources, by their paths. */
const sources = new Map(
  FOLDERS.flatMap((folder) =>
    readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .map((path) => join(folder, path))
      .filter((path) => /\.(m?ts|mjs|html|conf|cfg|yaml|json)$|Caddyfile$/.test(path))
      .map((path): [string, string] => [path, read(path)]),
  ),
);

const everything = [...sources].flatMap(([path, text]) => (path.startsWith('test/') ? [] : text)).join('\n');

/** Whether a document may call a file so: from the root, its own folder, or as the map in ARCHITECTURE.md does. */
export function isFile(name: string, document: string): boolean {
  const roots = ['', dirname(document), 'src', 'src/relay', 'bench'];
  const isBare = !name.includes('/');
  return (
    roots.some((root) => existsSync(join(projectRoot, root, name))) ||
    (isBare && [...sources.keys()].some((path) => path.endsWith(`/${name}`)))
  );
}

/** Whether the name is declared somewhere in the sources, with the member if one is named. */
export function isDeclared(name: string, member?: string): boolean {
  const declaration = new RegExp(`\\b(?:class|interface|type|const|function|enum) ${name}\\b`);
  const files = [...sources].filter(([path, text]) => !path.startsWith('test/') && declaration.test(text));
  const isMember = (text: string): boolean =>
    new RegExp(`^ +[\\w ]*\\b${member}\\b *[(<:=?]`, 'm').test(text);
  return files.some(([, text]) => member === undefined || isMember(text));
}

/** Whether the word stands in the sources as a text or a member: a status, a reason, a field of the log. */
export function isWritten(word: string): boolean {
  return new RegExp(`['"\`.]${word}['"\`]|\\b${word}\\??:|\\b${word}\\(`).test(everything);
}

const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(read('package.json')) as Record<
  string,
  object
>;

/** Words with hyphens that are no options: endings, reasons of the client, packages, and what the benchmark has. */
export const hyphened = new Set<string>([
  ...Object.keys(ENDINGS),
  ...[...(sources.get('client/src/reason.ts') ?? '').matchAll(/'([a-z]+-[a-z]+)'/g)].map(
    ([, code = '']) => code,
  ),
  ...workloads.map(({ name }) => name),
  ...clusterRelays.map(({ name }) => name),
  ...Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }),
  'ws-plain',
  'socket-io',
]);

/** Flags of our own programs besides the relay. */
export const otherFlags = new Set(
  [usage, read('test/tools/fuzz/run.mjs'), read('test/tools/soak/run.mjs')].flatMap((text) =>
    [...text.matchAll(/--([a-z][\w-]*)/g)].map(([, flag = '']) => flag),
  ),
);

export const rules = new Set(
  [...read('SPEC.md').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(([, id = '']) => id),
);

/** Flags that the program itself names, in its answers and logs, and the files of `deploy/` in their comments. */
export const flagsOfProgram = [...sources]
  .filter(([path]) => /^(?:src|deploy)\//.test(path))
  .flatMap(([path, text]) =>
    [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, flag = '']) => ({ path, flag })),
  );

interface PackageJson {
  readonly name: string;
  readonly exports: Record<string, unknown>;
  readonly engines: { readonly node: string };
}
export const packageJson = JSON.parse(read('package.json')) as PackageJson;

/** `carparty-relay` and whatever can be imported of it. */
export const imports = new Set(Object.keys(packageJson.exports).map((path) => join(packageJson.name, path)));
