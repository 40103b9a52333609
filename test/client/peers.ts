// Hosts and players under test, with all they said so far to wait for; they are closed behind each test.
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import {
  type HostOptions,
  PartyHost,
  PartyPlayer,
  type PlayerOptions,
  type Reason,
  type Status,
} from '../../client/src/index.js';
import { Inbox } from '../harness/inbox.js';

type Said = { say: string };
const open = new Set<{ close(): void }>();

/** Closes the peers of a file behind each of its tests. */
export function usePeers(): void {
  afterEach(() => {
    for (const peer of open) peer.close();
    open.clear();
  });
}

/** The statuses of a peer, each seen once. */
export class Statuses {
  private readonly inbox = new Inbox<Status>();

  constructor(peer: { status: Status; on(event: 'status', listener: (status: Status) => void): unknown }) {
    this.inbox.put(peer.status);
    peer.on('status', (status) => this.inbox.put(status));
  }

  /** Waits until the peer was in that state, and returns why, if there was a reason. */
  async until(state: Status['state']): Promise<Reason | undefined> {
    for (;;) {
      const status = await this.inbox.next(`the state ${state}`);
      if (status.state === state) return 'reason' in status ? status.reason : undefined;
    }
  }
}

export class TestHost {
  readonly host: PartyHost<Said, Said>;
  readonly statuses: Statuses;
  readonly news = new Inbox<string>();

  constructor(options: HostOptions) {
    this.host = new PartyHost<Said, Said>({ WebSocket, maxPause: 300, ...options });
    this.statuses = new Statuses(this.host);
    this.host.on('join', (id, { back }) => this.news.put(back ? `+${id} back` : `+${id}`));
    this.host.on('leave', (id) => this.news.put(`-${id}`));
    this.host.on('away', (id) => this.news.put(`${id} away`));
    this.host.on('back', (id, { resumed }) => this.news.put(`${id} ${resumed ? 'goes on' : 'begins again'}`));
    this.host.on('message', (message, id) => this.news.put(`${id}: ${JSON.stringify(message)}`));
    open.add(this.host);
  }

  static async open(options: HostOptions): Promise<TestHost> {
    const host = new TestHost(options);
    await host.statuses.until('joined');
    return host;
  }

  next(): Promise<string> {
    return this.news.next('news of the players');
  }
}

export class TestPlayer {
  readonly player: PartyPlayer<Said, Said>;
  readonly statuses: Statuses;
  readonly messages = new Inbox<unknown>();
  readonly raw = new Inbox<unknown>();

  constructor(options: PlayerOptions) {
    this.player = new PartyPlayer<Said, Said>({ WebSocket, maxPause: 300, ...options });
    this.statuses = new Statuses(this.player);
    this.player.on('message', (message) => this.messages.put(message));
    this.player.on('raw', (data) => this.raw.put(data));
    open.add(this.player);
  }

  next(): Promise<unknown> {
    return this.messages.next('a message of the host');
  }
}
