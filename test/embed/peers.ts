// Hosts, players and strangers that a test lets loose on a backend with a relay in it.
import { expect } from 'vitest';
import { Connection, silently } from '../harness/connection.js';
import type { Logs } from '../harness/logs.js';
import { connectNotice } from '../harness/notices.js';
import { RawPeer } from '../harness/raw-peer.js';
import { loginHost, loginPlayer, type Host, type Player } from '../harness/relay.js';

/** All peers of one backend; whoever creates this disposes of them. */
export class Peers {
  private codes = 0;
  private readonly ends: (() => void)[] = [];

  constructor(
    private readonly port: number,
    private readonly logs: Logs,
    private readonly relayPath = '/',
  ) {}

  /** A code that no other test uses. */
  code(): string {
    return `ROOM${String(++this.codes).padStart(4, '0')}`;
  }

  /** A WebSocket that has sent nothing yet. */
  async connect(path = this.relayPath): Promise<Connection> {
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

  async host(code = this.code()): Promise<Host> {
    const connection = await this.saying(loginHost(code));
    // A ping that came with the login is answered while the login is on its way through Nest.
    await connection.fence();
    await connection.fence();
    return Object.assign(connection, { code });
  }

  /** A player in the room of `host`, whose notice has been taken from the inbox of the host. */
  async player(host: Host, id: string): Promise<Player> {
    const connection = await this.saying(loginPlayer(host.code, id));
    expect(await host.next()).toBe(connectNotice(id));
    return Object.assign(connection, { id });
  }

  /** Expects that `connection` is ended without a word to it, and that the log has `ending` and `words`. */
  async expectRefused(connection: Connection, ending: string, ...words: string[]): Promise<void> {
    expect(await connection.closed()).toEqual(silently);
    expect(connection.inbox.waiting).toEqual([]);
    await this.logs.ending(ending, ...words);
  }

  /** Expects that `host` and `player` still hear each other. */
  async expectParty(host: Host, player: Player): Promise<void> {
    player.send('{"still":"here"}');
    expect(await host.next()).toBe(`{"still":"here","client_id":${JSON.stringify(player.id)}}`);
    host.send('so am I');
    expect(await player.next()).toBe('so am I');
  }

  dispose(): void {
    for (const end of this.ends.splice(0)) end();
  }
}
