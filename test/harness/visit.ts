// All that peers do at a party, one after the other, whatever becomes of it.
import { clientFrame, opcode } from './frames.js';
import { RawPeer, upgradeRequest } from './raw-peer.js';
import { loginHost, loginPlayer } from './relay.js';

/** A party in its own room, with guests who come, go, offend and break. */
export class Visit {
  private readonly peers: RawPeer[] = [];

  constructor(
    private readonly port: number,
    private readonly code: string,
    /** Resolves when the relay has handled what was sent so far; those it happens to may not be able to tell. */
    private readonly settled: () => Promise<void>,
  ) {}

  /** Does it all; goes on when connections end that should not, and rejects when the relay does. */
  async make(): Promise<void> {
    const host = await this.come(loginHost(this.code));
    const player = await this.come(loginPlayer(this.code, 'one'));
    const other = await this.come(loginPlayer(this.code, 'two'));
    await this.say(player, clientFrame('{"n":1}'));
    await this.say(host, clientFrame('all'), clientFrame('{"receiver_id":"one"}'), clientFrame('all'));
    await this.come(loginPlayer(`no ${this.code}`, 'three'));
    await this.come(loginHost(this.code));
    await this.come('oops');
    (await this.come(loginPlayer(this.code, 'four'))).vanish();
    await this.say(
      await this.come(loginPlayer(this.code, 'five')),
      clientFrame('', { opcode: opcode.close }),
    );
    await this.say(other, clientFrame('{"n":2}').subarray(0, 9));
    await this.say(other, clientFrame('{"n":2}').subarray(9));
    await this.say(other, clientFrame('oops'));
    await this.say(
      player,
      clientFrame('{', { fin: false }),
      clientFrame('}', { opcode: opcode.continuation }),
    );
    await this.say(host, clientFrame('', { opcode: opcode.close }));
  }

  leave(): void {
    for (const peer of this.peers) peer.vanish();
  }

  private async come(login: string): Promise<RawPeer> {
    const peer = await RawPeer.connect(this.port);
    this.peers.push(peer);
    await this.say(peer, upgradeRequest(), clientFrame(login));
    return peer;
  }

  private async say(peer: RawPeer, ...frames: (string | Buffer)[]): Promise<void> {
    peer.write(...frames);
    await this.settled();
  }
}
