// Plays a party again over real WebSockets, and holds every message that arrives against the rules of SPEC.md.
import { expect } from 'vitest';
import type { Connection } from '../../harness/connection.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import type { Relay } from '../../harness/relay.js';
import { stamped } from '../../harness/stamp.js';
import type { Act, Arrival, PartyEvent } from './recording.js';

/** A message that came or should have come, as far as a recording tells. */
interface Seen {
  action: string;
  bytes: number;
}

type Role =
  { name: 'stranger' | 'gone' } | { name: 'host'; code: string } | { name: 'player'; host: Peer; id: string };

/** One peer of the party: its connection, and what the rules say that must come to it. */
interface Peer {
  name: string;
  connection: Connection;
  role: Role;
  /** What is due, in the order of each sender; between senders any order is right. */
  due: Map<Peer, string[]>;
  seen: Seen[];
}

interface Login {
  action: string;
  server_code: string;
  client_id: string;
}

export class Replay {
  private readonly peers = new Map<string, Peer>();
  private readonly hosts = new Map<string, Peer>();

  constructor(private readonly relay: Relay) {}

  /**
   * Takes the events in their order, as fast as that order allows: before a peer does something, everything has
   * come to it and to the others that had come at this point of the recording.
   */
  async play(events: PartyEvent[]): Promise<void> {
    for (const event of events) {
      if (event.dir === 'in') await this.receive(this.peer(event.peer), event);
      else if (event.kind === 'open') await this.open(event);
      else await this.act(this.peer(event.peer), event);
    }
  }

  /** Nothing is missing and nothing came that was not due; returns what each peer saw. */
  async finish(): Promise<Map<string, Seen[]>> {
    for (const peer of this.peers.values()) {
      expect([...peer.due.values()].flat(), `never came to ${peer.name}`).toEqual([]);
      if (peer.role.name !== 'gone') await peer.connection.fence();
      expect(peer.connection.inbox.waiting, `came to ${peer.name} besides`).toEqual([]);
    }
    return new Map([...this.peers].map(([name, { seen }]) => [name, seen]));
  }

  private peer(name: string): Peer {
    const peer = this.peers.get(name);
    if (!peer) throw new Error(`${name} does something before it has connected`);
    return peer;
  }

  private async open({ peer: name, path, headers }: Act & { kind: 'open' }): Promise<void> {
    const own = Object.entries(headers).filter(
      ([header]) => !/^(upgrade|connection|sec-websocket-.*)$/i.test(header),
    );
    const perMessageDeflate = 'Sec-WebSocket-Extensions' in headers;
    const connection = await this.relay.connect(path, {
      headers: Object.fromEntries(own),
      perMessageDeflate,
    });
    this.peers.set(name, { name, connection, role: { name: 'stranger' }, due: new Map(), seen: [] });
  }

  private async act(peer: Peer, event: Exclude<Act, { kind: 'open' }>): Promise<void> {
    if (event.kind === 'text') {
      peer.connection.send(event.text);
      await this.follow(peer, event.text);
    } else if (peer.role.name !== 'gone') {
      // A TCP end behind a close frame is what every client does by itself.
      if (event.kind === 'close') void peer.connection.leave(event.code ?? undefined);
      else peer.connection.halfClose();
      this.depart(peer);
    }
  }

  /** What the rules say about a message of `peer`. */
  private async follow(peer: Peer, text: string): Promise<void> {
    const { role } = peer;
    if (role.name === 'stranger') await this.logIn(peer, JSON.parse(text) as Login);
    else if (role.name === 'player') owe(role.host, peer, stamped(text, role.id));
    else if (role.name === 'host') {
      const { receiver_id: receiver } = JSON.parse(text) as { receiver_id?: string };
      for (const player of this.playersOf(peer)) {
        const isFor =
          receiver === undefined || (player.role.name === 'player' && player.role.id === receiver);
        if (isFor) owe(player, peer, text);
      }
    }
  }

  private async logIn(peer: Peer, { action, server_code: code, client_id: id }: Login): Promise<void> {
    const host = this.hosts.get(code);
    if (action === 'login_server' && !host) {
      peer.role = { name: 'host', code };
      this.hosts.set(code, peer);
      // Nothing comes back to a host; the others must not be faster than its login.
      await peer.connection.fence();
    } else if (action === 'login_client' && host) {
      peer.role = { name: 'player', host, id };
      owe(host, peer, connectNotice(id));
    } else {
      peer.role = { name: 'gone' };
    }
  }

  /** `peer` has left: a host takes its players with it, of a player its host gets a notice. */
  private depart(peer: Peer): void {
    const { role } = peer;
    if (role.name === 'player') owe(role.host, peer, disconnectNotice(role.id));
    if (role.name === 'host') {
      this.hosts.delete(role.code);
      for (const player of this.playersOf(peer)) player.role = { name: 'gone' };
    }
    peer.role = { name: 'gone' };
  }

  private playersOf(host: Peer): Peer[] {
    return [...this.peers.values()].filter(({ role }) => role.name === 'player' && role.host === host);
  }

  private async receive(peer: Peer, event: Arrival): Promise<void> {
    if (event.kind !== 'text') {
      const { code } = await peer.connection.closed();
      if (event.kind === 'close') expect(code, `${peer.name} was closed`).toBe(event.code ?? 1005);
      return;
    }
    const message = await peer.connection.next();
    const from = [...peer.due.values()].find(([first]) => first === message);
    if (!from)
      expect(
        [...peer.due.values()].map(([first]) => first),
        `due to ${peer.name}`,
      ).toContain(message);
    from?.shift();
    const { action } = JSON.parse(message.toString()) as { action: string };
    peer.seen.push({ action, bytes: Buffer.byteLength(message) });
  }
}

function owe(to: Peer, from: Peer, message: string): void {
  const queue = to.due.get(from) ?? [];
  queue.push(message);
  to.due.set(from, queue);
}

/** Plays the events, and compares what came to each peer with what the recording has. */
export async function playAndCompare(relay: Relay, events: PartyEvent[]): Promise<void> {
  const replay = new Replay(relay);
  await replay.play(events);
  const seen = await replay.finish();
  for (const [peer, messages] of seen) {
    const recorded = events.flatMap((event) =>
      event.peer === peer && event.dir === 'in' && event.kind === 'text'
        ? [`${event.action} ${event.bytes}`]
        : [],
    );
    // Two phones may reach the game in another order than then; what one of them sent, in no other order.
    expect(messages.map(({ action, bytes }) => `${action} ${bytes}`).sort(), peer).toEqual(recorded.sort());
  }
  const arrived = [...seen.values()].reduce((sum, messages) => sum + messages.length, 0);
  console.log(
    `  ${seen.size} peers, ${events.length} events, ${arrived} messages that arrived as the rules say`,
  );
}
