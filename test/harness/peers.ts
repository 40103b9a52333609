// Hosts and players, however they reach the relay.
import { expect } from 'vitest';
import type { Connection } from './connection.js';
import { loginHost, loginPlayer } from './logins.js';
import { connectNotice } from './notices.js';

/** A host that has logged in. */
export type Host = Connection & { code: string };

/** A player that has logged in, and whose notice its host has got. */
export type Player = Connection & { id: string };

export abstract class Peers {
  /** A code that no other test uses. */
  abstract code(): string;

  /** A WebSocket that has sent nothing yet. */
  abstract connect(): Promise<Connection>;

  /** A WebSocket that is going to be a host's: where there are several nodes, at the one that has the hosts. */
  connectAsHost(): Promise<Connection> {
    return this.connect();
  }

  /** A host that holds `code`. */
  async host(code = this.code()): Promise<Host> {
    const connection = await this.connectAsHost();
    connection.send(loginHost(code));
    // A ping that came with the login is answered while the login is on its way through Nest.
    await connection.fence();
    await connection.fence();
    return Object.assign(connection, { code });
  }

  /** A player in the room of `host`; the host's notice has been taken from its inbox. */
  async player(host: Host, id: string): Promise<Player> {
    const connection = await this.connect();
    connection.send(loginPlayer(host.code, id));
    expect(await host.next()).toBe(connectNotice(id));
    return Object.assign(connection, { id });
  }

  /** Expects that `host` and `player` still hear each other. */
  async expectParty(host: Host, player: Player): Promise<void> {
    player.send('{"still":"here"}');
    expect(await host.next()).toBe(`{"still":"here","client_id":${JSON.stringify(player.id)}}`);
    host.send('so am I');
    expect(await player.next()).toBe('so am I');
  }
}
