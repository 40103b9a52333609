// What a host hears of many players that share ids and come back in each way: seats add up, and none is left behind.
import { connectNotice, disconnectNotice } from '../../harness/notices.js';

interface Seats {
  here: number;
  away: number;
}

export class CrowdLedger {
  private readonly byId = new Map<string, Seats>();
  /** The last message of each speaker. */
  private readonly last = new Map<string, number>();

  /** Seats that the host believes in. */
  get seats(): number {
    return [...this.byId.values()].reduce((sum, { here, away }) => sum + here + away, 0);
  }

  /** @throws {Error} if that must not come now. */
  hear(message: string): void {
    const { client_id: id, ...rest } = JSON.parse(message) as Heard;
    const seats = this.byId.get(id) ?? { here: 0, away: 0 };
    this.byId.set(id, seats);
    if (!this.accepts(message, id, seats, rest))
      throw new Error(`the host heard ${message}, with ${seats.here} here and ${seats.away} away`);
  }

  private accepts(
    message: string,
    id: string,
    seats: Seats,
    { $relay, resumed, speaker, n }: Omit<Heard, 'client_id'>,
  ): boolean {
    if (message === connectNotice(id)) return ++seats.here > 0;
    // Of those who share an id the host does not know which one is gone; one that is away, as long as there is one.
    if (message === disconnectNotice(id)) return seats.away > 0 ? seats.away-- > 0 : seats.here-- > 0;
    if ($relay === 'away') return seats.here-- > 0 && ++seats.away > 0;
    if ($relay === 'back' && (resumed || seats.away > 0)) return seats.away-- > 0 && ++seats.here > 0;
    if ($relay === 'back') return seats.here > 0;
    const follows = n === (this.last.get(speaker) ?? 0) + 1;
    this.last.set(speaker, n);
    return follows && seats.here > 0;
  }
}

interface Heard {
  readonly client_id: string;
  readonly $relay?: string;
  readonly resumed?: boolean;
  /** One connection of a player. */
  readonly speaker: string;
  readonly n: number;
}
