// Another team's project, made on the spot: its packages from the registry, ours from the tarball.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { within } from '../harness/deadline.js';
import { projectRoot } from '../harness/program.js';
import { Command } from './command.js';
import { cache, pack } from './packed.js';

const SOURCES = join(projectRoot, 'test/foreign/hosts');

/** How each package manager installs a tarball beside what package.json names. */
const INSTALL = {
  npm: ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline'],
  pnpm: ['npx', '--yes', 'pnpm@10.34.8', 'add', '--prefer-offline'],
} as const;

/** Which of the two packages it installs. */
type Ours = 'carparty-relay' | 'carparty-relay-client';

/** What a host is made of, besides its folder of sources. */
export interface Needs {
  readonly manager?: keyof typeof INSTALL;
  readonly ours?: Ours;
}

/** A project with its packages. */
export class ForeignHost {
  private constructor(
    readonly folder: string,
    /** What the installation said; empty if it was done before. */
    readonly said: string,
  ) {}

  /** What was installed before is used again, with our package of today in it. */
  static async make(
    name: string,
    { manager = 'npm', ours = 'carparty-relay' }: Needs = {},
  ): Promise<ForeignHost> {
    const { relay, client } = await pack();
    const tarball = ours === 'carparty-relay' ? relay : client;
    const folder = join(cache, `${name}-${keyOf(name, ours)}`);
    if (existsSync(folder)) {
      await renew(join(folder, 'node_modules', ours), tarball);
      copySources(name, folder);
      return new ForeignHost(folder, '');
    }
    const half = `${folder}.half`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true });
    cpSync(join(SOURCES, name, 'package.json'), join(half, 'package.json'));
    copySources(name, half);
    const said = await new Command(half, [...INSTALL[manager], tarball]).done();
    renameSync(half, folder);
    return new ForeignHost(folder, said);
  }

  /** The names of the packages that lie in a folder of packages; none if there is no such folder. */
  packages(...within: string[]): string[] {
    const folder = join(this.folder, 'node_modules', ...within);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => !name.startsWith('.'));
    return names.flatMap((name) =>
      name.startsWith('@') ? this.packages(...within, name).map((inside) => `${name}/${inside}`) : [name],
    );
  }

  run(...words: string[]): Promise<string> {
    return new Command(this.folder, words).done();
  }

  /** Starts what listens, by a script of its package.json that is no more than `node <file>`. */
  async start(script = 'start'): Promise<Listening> {
    const { scripts } = readJson(join(this.folder, 'package.json')) as { scripts: Record<string, string> };
    const [, ...args] = scripts[script]?.split(' ') ?? [];
    const command = new Command(this.folder, [process.execPath, ...args]);
    const early = command.exited.then(() => {
      throw new Error(`the host ended instead of listening:\n${command.output}`);
    });
    const line = command.logs.until(({ raw }) => raw.startsWith('This host listens'), 'a start line');
    const { raw } = await Promise.race([line, early]);
    return { port: Number(/port (\d+)/.exec(raw)?.[1]), command };
  }
}

/** A host that runs. */
export interface Listening {
  readonly port: number;
  readonly command: Command;
}

/** @throws {Error} unless a host and two phones play as they should: notices, stamp, unicast, broadcast. */
export async function playAParty(port: number, path = '/relay'): Promise<void> {
  const script = 'examples/play-a-round.mjs';
  const said = await new Command(projectRoot, [
    process.execPath,
    script,
    `ws://127.0.0.1:${port}${path}`,
  ]).done();
  if (!said.includes('That was the whole protocol')) throw new Error(`the party stopped:\n${said}`);
}

/** Ends it as a process manager does, and tells how it ended. */
export function stop({ command }: Listening): Promise<number | null> {
  command.signal('SIGTERM');
  return within(command.exited, 'the host to stop');
}

/** Changes with whatever decides which packages are installed. */
function keyOf(name: string, ours: Ours): string {
  const { dependencies, optionalDependencies, peerDependencies } = readJson(
    join(projectRoot, ours === 'carparty-relay' ? 'package.json' : 'client/package.json'),
  ) as Record<string, unknown>;
  const wanted = readFileSync(join(SOURCES, name, 'package.json'), 'utf8');
  const all = JSON.stringify([wanted, dependencies, optionalDependencies, peerDependencies, process.version]);
  return createHash('sha256').update(all).digest('hex').slice(0, 12);
}

function copySources(name: string, folder: string): void {
  for (const entry of readdirSync(join(SOURCES, name))) {
    if (entry === 'package.json') continue;
    rmSync(join(folder, entry), { recursive: true, force: true });
    cpSync(join(SOURCES, name, entry), join(folder, entry), { recursive: true });
  }
}

async function renew(installed: string, tarball: string): Promise<void> {
  for (const entry of readdirSync(installed)) {
    if (entry !== 'node_modules') rmSync(join(installed, entry), { recursive: true });
  }
  await new Command(installed, ['tar', '-xzf', tarball, '--strip-components=1']).done();
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
