/** What the relay and a peer say to each other over all connections of one seat, until one of them begins from nothing (R16). */
import { Tail } from './tail.js';

/** Who counts what all streams keep. */
export interface StreamKeeper {
  ended(stream: Stream): void;
}

/** The relay names it, so that a count of another stream never fits. */
export class Stream {
  /** Messages that were taken of the peer. */
  taken = 0;
  /** What was sent to the peer. */
  readonly tail: Tail;

  /**
   * @param name differs from those of other streams.
   * @param most bytes that may be kept for the peer.
   */
  constructor(
    readonly name: string,
    most: number,
    private readonly keeper: StreamKeeper,
  ) {
    this.tail = new Tail(most);
  }

  /** Safe to call again. No peer goes on with it. */
  end(): void {
    this.tail.forget();
    this.keeper.ended(this);
  }
}
