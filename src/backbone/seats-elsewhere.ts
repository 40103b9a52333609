/** How a player of this node gets a seat in a room on another node. */
import type { Ending } from '../rooms/endings.js';
import type { Peer } from '../rooms/peer.js';
import type { Player } from '../rooms/player.js';
import type { Clock } from './clock.js';
import type { Engine } from './engine.js';
import { joinRequest } from './link/record-bodies.js';
import type { Names } from './names.js';
import type { Timings } from './timings.js';
import type { WaitingJoins } from './waiting-joins.js';

/** What the node of the host answers to a request; the seat itself comes over the link. */
export const GRANTED = 'granted';

/** What it may answer else. Whatever another version says is a refusal that asks to come again. */
const REFUSALS: readonly string[] = ['no-such-code', 'room-full', 'backbone-away'] satisfies Ending[];

/** How often a node is asked again that holds the code and does not hear: it may have lost the broker for a moment. */
const MORE_ASKINGS = 5;

/** Asks whoever holds the code. Nobody needs to know where that is. */
export class SeatsElsewhere {
  constructor(
    private readonly node: string,
    private readonly names: Names,
    private readonly engine: Engine,
    private readonly clock: Clock,
    private readonly timings: Timings,
    private readonly waiting: WaitingJoins,
    private readonly isHeld: (serverCode: string) => Promise<boolean>,
  ) {}

  ask(serverCode: string, clientId: string, peer: Peer): Promise<Player | Ending> {
    return new Promise((answer) => {
      const ref = this.waiting.add({ serverCode, clientId, peer, answer });
      void this.request(serverCode, clientId, ref);
    });
  }

  private async request(serverCode: string, clientId: string, ref: number): Promise<void> {
    try {
      const bytes = joinRequest({ node: this.node, ref, clientId });
      const answer = await this.askAgain(serverCode, bytes);
      if (answer !== GRANTED) return this.waiting.refuse(ref, endingOf(answer));
      // The link brings the seat, in front of everything that is meant for it. If it does not, it is lost.
      await this.clock.wait(this.timings.silence);
      this.waiting.refuse(ref, 'link-lost');
    } catch {
      this.waiting.refuse(ref, 'backbone-away');
    }
  }

  private async askAgain(serverCode: string, bytes: Buffer): Promise<string> {
    const { secondAsking } = this.timings;
    const first = await this.askOnce(serverCode, bytes);
    if (first !== undefined) return first;
    await this.clock.wait(secondAsking);
    const second = await this.askOnce(serverCode, bytes);
    if (second !== undefined) return second;
    if (!(await this.isHeld(serverCode))) return 'no-such-code';
    for (let i = 1; i <= MORE_ASKINGS; i++) {
      await this.clock.wait(i * secondAsking);
      const next = await this.askOnce(serverCode, bytes);
      if (next !== undefined) return next;
    }
    return 'backbone-away';
  }

  private async askOnce(serverCode: string, bytes: Buffer): Promise<string | undefined> {
    const answer = await this.engine.request(this.names.join(serverCode), bytes, this.timings.request);
    return answer === 'nobody' ? undefined : answer.toString();
  }
}

function endingOf(answer: string): Ending {
  return REFUSALS.includes(answer) ? (answer as Ending) : 'backbone-away';
}
