/** How a player of this node gets a seat in a room on another node. */
import type { Ending } from '../../relay/rooms/endings.js';
import type { Player } from '../../relay/rooms/player.js';
import type { SeatWish } from '../../relay/seats/player-seats.js';
import type { WaitingPlayer } from '../../relay/session/backbone.js';
import { type Clock, wait } from '../clock.js';
import { type Broker, BrokerError } from '../broker/broker.js';
import { joinRequest } from '../link/requests.js';
import type { Names } from '../broker/names.js';
import type { SharedParts } from '../shared-parts.js';
import type { Timings } from '../timings.js';
import type { PendingSeats } from './pending-seats.js';

/** What the node of the host answers to a request; the seat itself comes over the link. */
export const GRANTED = 'granted';

/** Its other answers. A word of another version counts as a refusal that asks to come again. */
const REFUSALS: readonly string[] = [
  'no-such-code',
  'room-full',
  'id-taken',
  'backbone-away',
] satisfies Ending[];

/** Times that this node asks again when the holder of the code does not hear: it may have lost the broker for a moment. */
const MORE_ASKINGS = 5;

interface Question {
  readonly serverCode: string;
  readonly bytes: Buffer;
  readonly ref: number;
  /** When a node that does not answer is given up. */
  readonly end: number;
}

/** Asks the node that holds the code, without knowing which one it is. */
export class SeatRequests {
  private readonly broker: Broker;
  private readonly clock: Clock;
  private readonly timings: Timings;
  private readonly failed: (error: unknown) => void;

  constructor(
    private readonly node: string,
    private readonly names: Names,
    { broker, clock, timings, log }: SharedParts,
    private readonly pending: PendingSeats,
    private readonly isHeld: (serverCode: string) => Promise<boolean>,
  ) {
    this.broker = broker;
    this.clock = clock;
    this.timings = timings;
    this.failed = (error) => log.failed(error);
  }

  ask(serverCode: string, player: WaitingPlayer): Promise<Player | Ending> {
    return new Promise((answer) => {
      const ref = this.pending.add({ serverCode, player, answer });
      void this.request(serverCode, player.wish, ref);
    });
  }

  private async request(serverCode: string, wish: SeatWish, ref: number): Promise<void> {
    try {
      const bytes = joinRequest({ node: this.node, ref, wish });
      const end = this.clock.now() + this.timings.silence;
      const answer = await this.askAgain({ serverCode, bytes, ref, end });
      if (answer !== GRANTED) return this.pending.refuse(ref, endingOf(answer));
      // The link brings the seat, in front of everything that is meant for it. If it does not, it is lost.
      await wait(this.clock, this.timings.silence);
      this.pending.refuse(ref, 'link-lost');
    } catch (error) {
      this.pending.refuse(ref, 'backbone-away');
      // The membership asks the broker all the time, and logs what the broker does not do.
      if (!(error instanceof BrokerError)) this.failed(error);
    }
  }

  private async askAgain(question: Question): Promise<string> {
    const { secondAsking } = this.timings;
    const first = await this.askOnce(question);
    if (first !== undefined) return first;
    await wait(this.clock, secondAsking);
    const second = await this.askOnce(question);
    if (second !== undefined) return second;
    if (!(await this.isHeld(question.serverCode))) return 'no-such-code';
    for (let i = 1; i <= MORE_ASKINGS; i++) {
      await wait(this.clock, i * secondAsking);
      const next = await this.askOnce(question);
      if (next !== undefined) return next;
    }
    return 'backbone-away';
  }

  /**
   * Undefined if no node hears the question. A node that hears and does not answer may be busy: this node asks again for
   * as long as the other may be silent, and the other seats the player once. For a player who has left it does not ask
   * again: another host may have the code by now, and would hear of a player that never was in its room.
   */
  private async askOnce({ serverCode, bytes, ref, end }: Question): Promise<string | undefined> {
    const { request, secondAsking } = this.timings;
    for (;;) {
      if (!this.pending.isAwaited(ref)) throw new BrokerError('the player does not wait any longer');
      try {
        const answer = await this.broker.request(this.names.join(serverCode), bytes, request);
        return answer === 'unheard' ? undefined : answer.toString();
      } catch (error) {
        if (!(error instanceof BrokerError)) throw error;
        const isOver = !this.broker.isConnected || this.clock.now() >= end;
        if (isOver) throw error;
        await wait(this.clock, secondAsking);
      }
    }
  }
}

function endingOf(answer: string): Ending {
  return REFUSALS.includes(answer) ? (answer as Ending) : 'backbone-away';
}
