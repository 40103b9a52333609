// The balancers of deploy/, run with the configuration that lies there.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { projectRoot } from '../harness/program.js';
import { findProgram } from '../setup/debian-program.mjs';

/** How one of them is checked and run, in its own folder. */
interface Kind {
  name: string;
  file: string;
  check(file: string): string[];
  run(file: string): string[];
  /** For a machine on which nothing is installed and few files may be open. */
  settle(config: string, folder: string): string;
}

const nginxFolders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
const unlogged = ['-g', 'daemon off; error_log stderr error;'];

export const kinds: readonly Kind[] = [
  {
    name: 'nginx',
    file: 'nginx.conf',
    check: (file: string): string[] => ['-t', '-q', '-c', file, ...unlogged],
    run: (file: string): string[] => ['-c', file, ...unlogged],
    settle: (config: string, folder: string): string => {
      const paths = nginxFolders.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
      const few = config.replace('131072', '1024').replace('65536', '512');
      return `pid ${folder}/pid;\n${few.replace('http {', `http { access_log off; ${paths}`)}`;
    },
  },
  {
    name: 'haproxy',
    file: 'haproxy.cfg',
    check: (file: string): string[] => ['-c', '-q', '-f', file],
    run: (file: string): string[] => ['-db', '-q', '-f', file],
    settle: (config: string): string => config.replace('maxconn 100000', 'maxconn 200'),
  },
  {
    name: 'caddy',
    file: 'Caddyfile',
    check: (file: string): string[] => ['validate', '--adapter', 'caddyfile', '--config', file],
    run: (file: string): string[] => ['run', '--adapter', 'caddyfile', '--config', file],
    settle: (config: string): string => `{\n\tadmin off\n}\n${config}`,
  },
];

/** The path of the program, undefined where it could not be had. */
export function programOf({ name }: Kind): string | undefined {
  return findProgram(name, `${name.toUpperCase()}_BIN`);
}

/** A balancer before two nodes. */
export class Balancer {
  port = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'relay-balancer-'));
  private child: ChildProcess | undefined;

  constructor(private readonly kind: Kind) {}

  /** What the program's own checker has against the configuration; nothing, if all is well. */
  check(): string {
    const file = this.write([1, 2]);
    const { status, stderr } = spawnSync(programOf(this.kind) ?? '', this.kind.check(file), {
      env: this.environment,
      encoding: 'utf8',
    });
    return status === 0 ? '' : stderr;
  }

  /** Resolves when it accepts connections. */
  async start(nodes: readonly [number, number]): Promise<void> {
    this.port = await freePort();
    const child = spawn(programOf(this.kind) ?? '', this.kind.run(this.write(nodes)), {
      env: this.environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child = child;
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    await vi.waitFor(
      async () => {
        if (child.exitCode !== null) throw new Error(`${this.kind.name} ended:\n${errors}`);
        await expectOpen(this.port);
      },
      { timeout: 30_000, interval: 50 },
    );
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The file of deploy/, but for the addresses in it. */
  private write([first, second]: readonly [number, number]): string {
    const config = readFileSync(join(projectRoot, 'deploy', this.kind.file), 'utf8')
      .replaceAll('relay-1:8080', `127.0.0.1:${first}`)
      .replaceAll('relay-2:8080', `127.0.0.1:${second}`)
      .replace(/^ *server .*relay-3:8080.*\n/gm, '')
      .replaceAll(' relay-3:8080', '')
      .replace(/(?<=listen |bind :|^:)8000/m, String(this.port || 8000));
    const file = join(this.folder, this.kind.file);
    writeFileSync(file, this.kind.settle(config, this.folder));
    return file;
  }

  /** Libraries that were unpacked with a program are found; Caddy keeps things at home. */
  private get environment(): NodeJS.ProcessEnv {
    const libraries = join(projectRoot, '.cache', this.kind.name, 'usr/lib');
    const folders = existsSync(libraries) ? readdirSync(libraries).map((name) => join(libraries, name)) : [];
    return { PATH: process.env['PATH'], HOME: this.folder, LD_LIBRARY_PATH: folders.join(':') };
  }
}

/** One that nobody has; programs that cannot choose one themselves have to hope that it stays so. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function expectOpen(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
