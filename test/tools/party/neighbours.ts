// Peers in another room that have asked: a host and its phones, which come back all the time.
import type { Connection } from '../../harness/connection.js';
import type { Relay } from '../../harness/one-relay.js';
import {
  type Wishes,
  type Words,
  goingOn,
  stayingHost,
  stayingPlayer,
} from '../../wire/returning/staying.js';

const IDS = ['467', '468'];

const WISHES = { grace: 60, hold: 60, players: 'keep' };

export class Neighbours {
  /** How often one has come back. */
  returns = 0;
  private isOver = false;

  constructor(private readonly relay: Relay) {}

  /** They come and go as long as `work` lasts. */
  async move(work: () => Promise<void>): Promise<void> {
    const moving = this.comeAndGo();
    try {
      await work();
    } finally {
      this.isOver = true;
      await moving;
    }
  }

  private async comeAndGo(): Promise<void> {
    let host = await stayingHost(this.relay, WISHES);
    let players = await Promise.all(IDS.map((id) => stayingPlayer(this.relay, host, id)));
    while (!this.isOver) {
      host.send('to all of them');
      for (const player of players) player.send({ n: this.returns });
      // Every second time the game, or the page, begins from nothing.
      const wishes = (welcome: Words, peer: Connection): Wishes =>
        this.returns % 2 ? goingOn(welcome, peer.inbox.drain().length) : {};
      host = await stayingHost(this.relay, { ...WISHES, ...wishes(host.welcome, host) }, host.code);
      players = await Promise.all(
        players.map((player) => stayingPlayer(this.relay, host, player.id, wishes(player.welcome, player))),
      );
      this.returns++;
    }
    await host.leave();
  }
}
