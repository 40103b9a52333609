/** Messages of one sender, numbered, and what became of them at each receiver. */
import type { Connection } from './connection.js';
import { NUMBERS, type Stencil } from './message-shape.js';

/**
 * One sender's messages of one kind.
 *
 * Each stream begins at a number of its own, so that a message which strays into another stream shows there
 * as one out of order. The times of sending are kept here and not in the messages: no byte goes unchecked.
 */
export class Stream {
  readonly receipts: Receipt[] = [];
  sent = 0;
  /** Deliveries that are still to come. */
  pending = 0;
  private readonly first: number;
  private readonly times: Float64Array;

  /** `memory`: how many messages may be on their way before their times are forgotten; a power of two. */
  constructor(
    index: number,
    readonly sender: Connection,
    private readonly stencil: Stencil,
    private readonly receiverId: number,
    private readonly memory: number,
  ) {
    this.first = (index * 7919) % NUMBERS;
    this.times = new Float64Array(memory);
  }

  addReceipt(): Receipt {
    const receipt = new Receipt(this);
    this.receipts.push(receipt);
    return receipt;
  }

  /** Nobody waits for the first receiver any longer. */
  dropFirstReceipt(): void {
    this.receipts.shift();
  }

  /** Queues the next messages on the sender's connection; true if that one must be flushed. */
  queue(count: number): boolean {
    const now = performance.now();
    for (let index = 0; index < count; index++) this.times[(this.sent + index) & (this.memory - 1)] = now;
    const frames = this.stencil.frames(count, this.first + this.sent, this.receiverId);
    this.sent += count;
    this.pending += count * this.receipts.length;
    return this.sender.queue(frames);
  }

  /** What the receiver who has got least has not got. */
  inFlight(): number {
    let least = this.sent;
    for (const receipt of this.receipts) least = Math.min(least, receipt.received);
    return this.sent - least;
  }

  /** Messages that did not come, over all receivers. */
  missing(): number {
    return this.receipts.reduce((sum, receipt) => sum + Math.max(0, this.sent - receipt.received), 0);
  }

  /** Messages that came, over all receivers. */
  received(): number {
    return this.receipts.reduce((sum, receipt) => sum + receipt.received, 0);
  }

  numberOf(index: number): number {
    return (this.first + index) % NUMBERS;
  }

  timeOf(index: number): number {
    return this.times[index & (this.memory - 1)] ?? 0;
  }
}

/** What one receiver got of a stream. */
export class Receipt {
  received = 0;
  private next = 0;

  constructor(readonly stream: Stream) {}

  /** The milliseconds that the message took, or undefined if another one was due. */
  accept(number: number): number | undefined {
    this.received++;
    this.stream.pending--;
    const ahead = (number - this.stream.numberOf(this.next) + NUMBERS) % NUMBERS;
    if (ahead === 0) return performance.now() - this.stream.timeOf(this.next++);
    // Early: what lies between may be lost. Otherwise it comes late, or again, and what was due is still due.
    if (ahead < NUMBERS / 2) this.next += ahead + 1;
    return undefined;
  }
}
