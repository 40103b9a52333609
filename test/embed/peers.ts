// Hosts, players and strangers that a test lets loose on a backend with a relay in it.
import { expect } from 'vitest';
import { Connection, silently } from '../harness/connection.js';
import type { Logs } from '../harness/logs.js';
import { Peers as AnyPeers } from '../harness/peers.js';
import { RawPeer } from '../harness/raw-peer.js';

/** All peers of one backend; the creator of this disposes of them. */
export class Peers extends AnyPeers {
  private codes = 0;
  private readonly ends: (() => void)[] = [];

  constructor(
    private readonly port: number,
    private readonly logs: Logs,
    private readonly relayPath = '/',
  ) {
    super();
  }

  /** A code that no other test uses. */
  override code(): string {
    return `ROOM${String(++this.codes).padStart(4, '0')}`;
  }

  /** A WebSocket that has sent nothing yet. */
  override async connect(path = this.relayPath): Promise<Connection> {
    const connection = await Connection.open(`ws://127.0.0.1:${this.port}${path}`);
    this.ends.push(() => connection.dispose());
    return connection;
  }

  /** A WebSocket that has sent `message`, whatever becomes of it. */
  async saying(message: string | Buffer): Promise<Connection> {
    const connection = await this.connect();
    connection.send(message);
    return connection;
  }

  /** A WebSocket by hand, that has sent `payloads` as text messages in one segment. */
  async rawSaying(...payloads: string[]): Promise<RawPeer> {
    const peer = await RawPeer.upgraded(this.port, ...payloads);
    this.ends.push(() => peer.vanish());
    return peer;
  }

  /** Expects that `connection` is ended without a word to it, and that the log has `ending` and `words`. */
  async expectRefused(connection: Connection, ending: string, ...words: string[]): Promise<void> {
    expect(await connection.closed()).toEqual(silently);
    expect(connection.inbox.waiting).toEqual([]);
    await this.logs.ending(ending, ...words);
  }

  dispose(): void {
    for (const end of this.ends.splice(0)) end();
  }
}
