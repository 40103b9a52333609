/** Relays as child processes: the built one, the peers, and whatever command was given. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DialectName, Placement } from './driver/job.js';
import { paths } from './paths.js';

export interface Relay {
  name: string;
  command: string;
  dialect: DialectName;
  /** Its nodes, each of which is asked whether it is ready before it is used; {port} stands for all their ports. */
  nodes?: number;
  placement?: Placement;
}

const START_MS = 60_000;
const STOP_MS = 4000;
const RELAY_CORE = 0;
export const DRIVER_CORE = 1;

// A closed loop asks for all that a relay can give: rates per connection would be what is measured. All else is on.
const unthrottled = {
  RELAY_PLAYER_RATE: '0',
  RELAY_PLAYER_BYTE_RATE: '0',
  RELAY_HOST_RATE: '0',
  RELAY_FANOUT_BYTE_RATE: '0',
};

/** The peers that `--peers` may name. The log of the relay goes to a pipe. */
export const peers: readonly Relay[] = [
  { name: 'carparty', command: `node '${paths.relay}' --port {port}`, dialect: 'carparty' },
  { name: 'carparty-keyed', command: `node '${paths.relay}' --port {port}`, dialect: 'carparty-keyed' },
  {
    name: 'ws-plain',
    command: `node '${join(paths.peers, 'ws-plain.js')}' --port {port}`,
    dialect: 'carparty',
  },
  {
    name: 'socket-io',
    command: `node '${join(paths.peers, 'socket-io.js')}' --port {port}`,
    dialect: 'socket.io',
  },
];

const nodes = `node '${join(paths.peers, 'cluster.js')}'`;
const cluster = { command: `${nodes} {port}`, dialect: 'carparty' as const };
const strangers = { ...cluster, command: `${nodes} --strangers {port}`, placement: 'local' as const };

/**
 * One node alone, and what `--cluster` holds against it. Three processes on one core cost more than one by themselves.
 *
 * The one alone is asked whether it is ready like all others: a relay needs more for each message once it has answered
 * an HTTP request, as each does that is looked after. `1-alone` is the same once more, started as nodes are: what the
 * two differ by is what cannot be told from noise.
 */
export const clusterRelays: readonly Relay[] = [
  { name: 'alone', command: `node '${paths.relay}' --port {port}`, dialect: 'carparty', nodes: 1 },
  { name: '1-alone', ...strangers, nodes: 1 },
  { name: '1-nats', ...cluster, nodes: 1, placement: 'local' },
  { name: '3-alone', ...strangers, nodes: 3 },
  { name: '3-local', ...cluster, nodes: 3, placement: 'local' },
  { name: '3-apart', ...cluster, nodes: 3, placement: 'apart' },
];

/** Three relays of one node each, on one nats-server: what `3-local` differs from it by is what the other nodes cost. */
const eachAlone: Relay = {
  ...cluster,
  name: '3-nats',
  command: `${nodes} --each-alone {port}`,
  nodes: 3,
  placement: 'local',
};

/** Throws at a name that is none, and if the relay is not built. */
export function findPeers(names: readonly string[]): Relay[] {
  return names.map((name) => {
    const peer = [...peers, ...clusterRelays, eachAlone].find((candidate) => candidate.name === name);
    if (peer === undefined) throw new Error(`--peers: no peer ${name}`);
    if (peer.command.includes(paths.relay) && !existsSync(paths.relay))
      throw new Error('dist is missing: run npm run build');
    return peer;
  });
}

// Together on one core, relay and driver would take turns and neither would be measured.
const canPin = process.platform === 'linux' && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** What stands in front of a command that is to run on that core alone, where this machine can do so. */
export function pinTo(core: number): string[] {
  return canPin ? ['taskset', '-c', String(core)] : [];
}

/** A relay that listens. Owns its process group. */
export class RunningRelay {
  private constructor(
    private readonly child: ChildProcess,
    readonly relay: Relay,
    readonly ports: number[],
    readonly pid: number,
  ) {}

  /** Resolves when its ports are open, and its nodes have found each other. Rejects, with what it has printed last, if the relay ends instead. */
  static async start(relay: Relay): Promise<RunningRelay> {
    const ports: number[] = [];
    while (ports.length < (relay.nodes ?? 1)) ports.push(await freePort());
    const command = relay.command.replaceAll('{port}', ports.join(' '));
    const child = spawn('sh', ['-c', ['exec', ...pinTo(RELAY_CORE), command].join(' ')], {
      cwd: paths.root,
      env: { ...process.env, ...unthrottled },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let log = '';
    for (const output of [child.stdout, child.stderr]) {
      output.on('data', (text: Buffer) => (log = (log + text.toString()).slice(-2000)));
    }
    const running = new RunningRelay(child, relay, ports, child.pid ?? 0);
    const deadline = performance.now() + START_MS;
    const isThere = relay.nodes === undefined ? accepts : isReady;
    while (!(await Promise.all(ports.map(isThere))).every(Boolean)) {
      if (running.hasEnded) throw new Error(`${relay.name} ended at its start:\n${log}`);
      if (performance.now() > deadline) throw new Error(`${relay.name} does not listen:\n${log}`);
      await sleep(25);
    }
    return running;
  }

  /** Relays that differ only in how they are used are one relay. */
  isThatOf({ command, nodes }: Relay): boolean {
    return this.relay.command === command && this.relay.nodes === nodes;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async stop(): Promise<void> {
    this.signal('SIGTERM');
    const deadline = performance.now() + STOP_MS;
    while (!this.hasEnded && performance.now() < deadline) await sleep(10);
    this.kill();
  }

  /** At once, with all its children. */
  kill(): void {
    this.signal('SIGKILL');
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.hasEnded) return;
    try {
      process.kill(-this.pid, signal);
    } catch {
      // It has ended in between.
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch {
    return false;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
