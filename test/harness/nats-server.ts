// A real nats-server with JetStream, with its own port and store, that a test can stop, kill, freeze and rob.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { within } from './deadline.js';
import { endWithWorker } from './end-with-worker.js';
import { Logs } from './logs.js';
import { natsServerProgram } from './nats-binary.js';

/** How a server is started; without any, everybody may connect to it in plain text. */
export interface NatsServerOptions {
  user?: string;
  password?: string;
  token?: string;
  /** Serve TLS only; {@link makeCertificate} makes the files. */
  tls?: { certFile: string; keyFile: string };
  /** More of its configuration file, such as `max_payload: 1MB`. */
  config?: string;
  /** Makes it one of a cluster; `routeTo` is the port on which to reach another of it. */
  cluster?: { serverName: string; routeTo: number };
}

/** One process after the other on the same port; {@link stop} leaves nothing behind. */
export class NatsServer {
  /** What all its processes have said. */
  readonly logs = new Logs();
  /** Where clients connect, 0 before {@link start}. */
  port = 0;
  /** Where other servers connect when it is one of a cluster, else 0. */
  routePort = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'relay-nats-'));
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();

  constructor(private readonly options: NatsServerOptions = {}) {}

  /** With the credentials, if there are any. */
  get url(): string {
    const { user, password = '', token } = this.options;
    const who = user === undefined ? (token ?? '') : `${user}:${password}`;
    return `${this.options.tls ? 'tls' : 'nats'}://${who && `${who}@`}127.0.0.1:${this.port}`;
  }

  /** Starts a process; on the port of the one before, if there was one. Resolves when clients may connect. */
  async start(): Promise<void> {
    const ports = mkdtempSync(join(this.folder, 'ports-'));
    const child = spawn(natsServerProgram(), this.flags(ports), { stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    endWithWorker(child);
    this.logs.follow(child.stderr);
    this.exited = new Promise((resolve) => child.once('close', () => resolve()));
    const early = this.exited.then(() => {
      throw new Error(`nats-server ended:\n${this.logs.lines.map(({ raw }) => raw).join('\n')}`);
    });
    const read = vi.waitFor(() => this.readPorts(ports), { timeout: 30_000, interval: 20 });
    await Promise.race([read, early]);
  }

  /** Ends the process as an operator would, and takes the store away. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** SIGKILL; the store stays as it is. Resolves when the process is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** As after a crash: killed, if it still runs, and started on the same port with the same store. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** As {@link restart}, but it has forgotten everything. */
  async restartEmpty(): Promise<void> {
    await this.kill();
    rmSync(this.store, { recursive: true, force: true });
    await this.start();
  }

  /** SIGSTOP: it answers no client, which looks like a slow network. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
    // The signal is on its way to each of the threads, any of which could still answer.
    while (this.threadStates().some((state) => state !== 'T'));
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  private threadStates(): (string | undefined)[] {
    const tasks = `/proc/${this.child?.pid}/task`;
    return readdirSync(tasks).map(
      (task) => /\) (\w)/.exec(readFileSync(`${tasks}/${task}/stat`, 'utf8'))?.[1],
    );
  }

  private get store(): string {
    return join(this.folder, 'store');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.child?.kill(signal);
    this.thaw();
    await within(this.exited, `nats-server to exit after ${signal}`);
  }

  private flags(ports: string): string[] {
    const { user, password = '', token, tls, config = '', cluster } = this.options;
    mkdirSync(this.store, { recursive: true });
    const file = join(this.folder, 'nats-server.conf');
    writeFileSync(file, config);
    return [
      ...['-c', file, '-a', '127.0.0.1', '-p', String(this.port || -1), '--ports_file_dir', ports],
      ...['-js', '-sd', this.store],
      ...(user === undefined ? [] : ['--user', user, '--pass', password]),
      ...(token === undefined ? [] : ['--auth', token]),
      ...(tls ? ['--tls', '--tlscert', tls.certFile, '--tlskey', tls.keyFile] : []),
      ...(cluster ? this.clusterFlags(cluster) : []),
    ];
  }

  /** Clients are not told of the other servers: a test decides who is connected to which. */
  private clusterFlags({ serverName, routeTo }: NonNullable<NatsServerOptions['cluster']>): string[] {
    const here = `nats://127.0.0.1:${this.routePort || -1}`;
    const there = `nats://127.0.0.1:${routeTo}`;
    const flags = ['-n', serverName, '--cluster_name', 'tests', '--no_advertise'];
    return [...flags, '--cluster', here, '--routes', there];
  }

  /** Throws while the server has not written down its ports. */
  private readPorts(folder: string): void {
    const [file = 'none'] = readdirSync(folder);
    const ports = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string[]>;
    this.port = portOf(ports['nats']);
    this.routePort = portOf(ports['cluster']);
  }
}

function portOf(urls: string[] = []): number {
  return Number(/:(\d+)$/.exec(urls[0] ?? '')?.[1] ?? 0);
}

/** A server that is ready for clients; the caller stops it. */
export async function startNatsServer(options?: NatsServerOptions): Promise<NatsServer> {
  const server = new NatsServer(options);
  await server.start();
  return server;
}
