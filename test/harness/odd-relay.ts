// The built program with an unusual standard output, or with few open files: what a bad place does to it.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, vi } from 'vitest';
import { PATIENCE, within } from './deadline.js';
import { commandOf } from './fixed.js';
import { clientFrame } from './frames.js';
import { projectRoot } from './program.js';
import { RawPeer } from './raw-peer.js';
import { loginHost, loginPlayer } from './relay.js';

const program = process.env['TEST_PROGRAM'] ?? join(projectRoot, 'dist/main.js');

/** A relay whose log may be unreadable. */
export class OddRelay {
  /** What it writes, for a test that wants to read it; unread at first. */
  readonly stdout: Readable;
  readonly exited: Promise<number | null>;
  port = 0;
  readonly child: ChildProcess;
  private rooms = 0;

  /** `prefix` and `suffix` surround the command in a shell; `main` is what is started instead of the program. */
  constructor(flags: string[], { prefix = '', suffix = '', main = program } = {}) {
    const words = commandOf(main, ['--port', '0', '--log-format', 'json', ...flags]);
    const command = [process.execPath, ...words].map((word) => `'${word}'`).join(' ');
    const child = spawn('sh', ['-c', `${prefix} exec ${command} ${suffix}`], {
      // Not where the project's .env.local may be, nor with a developer's own settings.
      cwd: tmpdir(),
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('RELAY_'))),
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    if (child.stdout === null) throw new Error('a pipe was asked for');
    this.child = child;
    this.stdout = child.stdout;
    this.exited = new Promise((resolve) => child.once('exit', resolve));
  }

  /** Waits until it listens; its log may not be there to say so, so the system is asked. */
  async listening(): Promise<void> {
    const ask = (): void => void (this.port = listeningPort(this.child.pid ?? 0));
    await within(vi.waitFor(ask, { timeout: PATIENCE, interval: 50 }), 'the program to listen');
  }

  /** `count` logins that are refused, each a line in the log of nearly three kilobytes. */
  async complain(count: number): Promise<void> {
    const login = loginPlayer('\u0001'.repeat(64), '\u0002'.repeat(128));
    for (let n = 0; n < count; n += 50) {
      const peers = Array.from({ length: 50 }, () => RawPeer.upgraded(this.port, login));
      for (const peer of await Promise.all(peers)) {
        await peer.frame();
        peer.vanish();
      }
    }
  }

  /** A party in which a message goes each way. */
  async party(): Promise<void> {
    const code = `ROOM${this.rooms++}`;
    const host = await RawPeer.upgraded(this.port, loginHost(code));
    await host.fence();
    const player = await RawPeer.upgraded(this.port, loginPlayer(code, '467'));
    await host.frame();
    player.write(clientFrame('{"n":1}'));
    await host.frame();
    host.write(clientFrame('hello'));
    await player.frame();
    host.vanish();
    // The close frame. A player that does not answer it would be waited for.
    await player.frame();
    player.vanish();
  }

  url(): string {
    return `ws://127.0.0.1:${this.port}/`;
  }

  /** Stops it as an operator would, and returns its exit status. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return within(this.exited, 'the program to exit');
  }

  kill(): void {
    this.child.kill('SIGKILL');
  }
}

/** The port that a process listens on. Throws while there is none. */
function listeningPort(pid: number): number {
  const files = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
  for (const line of readFileSync('/proc/net/tcp', 'latin1').split('\n').slice(1)) {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state === '0A' && files.includes(`socket:[${inode}]`)) return parseInt(local.split(':')[1] ?? '', 16);
  }
  throw new Error('it does not listen');
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Starts such relays for one test, or for all of a file, and leaves none behind. */
export function useOddRelays(
  span: 'test' | 'file' = 'test',
): (...args: ConstructorParameters<typeof OddRelay>) => Promise<OddRelay> {
  const started: OddRelay[] = [];
  const after = span === 'test' ? afterEach : afterAll;
  after(() => {
    for (const relay of started.splice(0)) relay.kill();
  });
  return async (...args) => {
    const relay = new OddRelay(...args);
    started.push(relay);
    await relay.listening();
    return relay;
  };
}
