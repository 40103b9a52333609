// One running relay, and the peers that a test lets loose on it.
import { expect } from 'vitest';
import type { ClientOptions } from 'ws';
import { Connection, silently } from './connection.js';
import type { Logs } from './logs.js';
import { loginPlayer } from './logins.js';
import { Peers } from './peers.js';
import { Program } from './program.js';
import { RawPeer } from './raw-peer.js';

/** All peers of all tests come from one address and are in a hurry, which is what limits are against. */
const WITHOUT_LIMITS = [
  ...['max-connections-per-address', 'new-connections-per-second', 'failed-logins-per-minute'],
  ...['max-hosts-per-address', 'new-hosts-per-minute'],
  ...['player-rate', 'player-byte-rate', 'host-rate', 'fanout-byte-rate'],
  ...['max-player-outbox', 'max-host-outbox', 'max-total-outbox'],
].flatMap((option) => [`--${option}`, '0']);

/** The relay of a test file. Codes are given out once, so that tests share the process and nothing else. */
export class Relay extends Peers {
  private codes = 0;
  private port = 0;
  private linesSeen = 0;
  private started: Program | undefined;
  private readonly peers: (() => void)[] = [];

  /** @param commonLogs where the log is that several relays write. */
  constructor(
    private readonly args: string[],
    private readonly commonLogs?: Logs,
  ) {
    super();
  }

  /** The process; there is one between {@link start} and {@link stop}. */
  get program(): Program {
    if (!this.started) throw new Error('the relay was not started');
    return this.started;
  }

  get isRunning(): boolean {
    return this.started?.isRunning === true;
  }

  /** The relay's log; every line since its start. */
  get logs(): Logs {
    return this.commonLogs ?? this.program.logs;
  }

  /** A code that no other test uses; none contains another. */
  override code(): string {
    return `ROOM${String(++this.codes).padStart(4, '0')}`;
  }

  url(path = '/'): string {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  /** A WebSocket that has sent nothing yet. */
  override async connect(path = '/', options?: ClientOptions): Promise<Connection> {
    const connection = await Connection.open(this.url(path), options);
    this.peers.push(() => connection.dispose());
    return connection;
  }

  /** A TCP connection that has sent nothing yet. */
  async rawConnect(): Promise<RawPeer> {
    return this.own(await RawPeer.connect(this.port));
  }

  /** A WebSocket by hand, that has sent `payloads` as text messages in one segment. */
  async rawUpgraded(...payloads: string[]): Promise<RawPeer> {
    return this.own(await RawPeer.upgraded(this.port, ...payloads));
  }

  /** Expects that the relay ends `connection` without a word to it, and tells its operator `ending` and `words`. */
  async expectEnded(connection: Connection, ending: string, ...words: string[]): Promise<void> {
    expect(await connection.closed()).toEqual(silently);
    expect(connection.inbox.waiting).toEqual([]);
    await this.logs.ending(ending, ...words);
  }

  /** Proves that the log is complete so far: a line of a later ending has come. */
  async fenceLog(): Promise<void> {
    const code = this.code();
    const connection = await this.connect();
    connection.send(loginPlayer(code, 'fence'));
    await this.expectEnded(connection, 'no-such-code', code, 'fence');
  }

  async start(): Promise<void> {
    const flags = ['--port', '0', '--log-format', 'json', '--log-level', 'debug', ...WITHOUT_LIMITS];
    this.started = new Program([...flags, ...this.args], { alsoTo: this.commonLogs });
    this.port = await this.program.listening();
  }

  /** Ends the peers of one test. */
  async sweep(): Promise<void> {
    for (const dispose of this.peers.splice(0)) dispose();
    // A relay that died takes the blame itself, not the next test.
    const survivor = await Connection.open(this.url());
    await survivor.fence();
    survivor.dispose();
  }

  /** For tests that end the program themselves: leaves neither peers nor a process behind. */
  async kill(): Promise<void> {
    for (const dispose of this.peers.splice(0)) dispose();
    await this.started?.stop('SIGKILL');
  }

  /** Stops the relay as an operator would; nothing may have gone wrong inside it meanwhile. */
  async stop(): Promise<void> {
    const exit = await this.program.stop();
    expect(exit).toEqual({ code: 0, signal: null });
    this.expectNoError();
  }

  /** Expects that nothing has gone wrong inside the relay since the last look. */
  expectNoError(): void {
    const lines = this.logs.lines.slice(this.linesSeen);
    this.linesSeen += lines.length;
    expect(lines.filter(({ text }) => text.includes('internal-error'))).toEqual([]);
  }

  private own(peer: RawPeer): RawPeer {
    this.peers.push(() => peer.vanish());
    return peer;
  }
}

export { loginHost, loginPlayer } from './logins.js';
export type { Host, Player } from './peers.js';
