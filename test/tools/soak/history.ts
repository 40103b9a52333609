// What was sent to whom, and whether what came is the beginning of it, without a gap.
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { stamped } from '../../harness/stamp.js';

const FILLER = 'x'.repeat(5_000);

/** The payload of the `n`th message of a sender; one in twenty is long. */
function payloadOf(sender: string, n: number, receiver?: string): string {
  const filler = n % 20 === 19 ? FILLER : '';
  return JSON.stringify({ ...(receiver === undefined ? {} : { receiver_id: receiver }), sender, n, filler });
}

/** All messages of a host: for each one the id that it was for, undefined for everybody. */
export class HostScript {
  private readonly receivers: (string | undefined)[] = [];

  constructor(private readonly name: string) {}

  get length(): number {
    return this.receivers.length;
  }

  /** The next message. */
  write(receiver?: string): string {
    return payloadOf(this.name, this.receivers.push(receiver) - 1, receiver);
  }

  messageAt(n: number): string {
    return payloadOf(this.name, n, this.receivers[n]);
  }

  /** The first message from `n` on that is for the player; the length of the script if there is none. */
  nextFor(id: string, n: number): number {
    while (n < this.receivers.length && this.receivers[n] !== undefined && this.receivers[n] !== id) n++;
    return n;
  }
}

/** What a player has got of its host's script; no other player has its id. */
export class PlayerHistory {
  /** As long as the script was when the host knew of the player: what was written later must come. */
  private known = Infinity;

  /**
   * @param earliest the message that is due next or, as long as none has come, the earliest that may come: all before
   * it have reached the relay when the player asks to join.
   */
  constructor(
    private readonly script: HostScript,
    private readonly id: string,
    private earliest = script.length,
  ) {}

  /** Another stream begins: what was written and did not come may be missing, and none comes again (R19). */
  begin(): void {
    this.known = Infinity;
  }

  /** The host has been told of the player. May be said again. */
  joined(): void {
    this.known = Math.min(this.known, this.script.length);
  }

  /** @throws {Error} if the message is not one that had to come. */
  receive(message: string): void {
    const { script, id, due } = this;
    for (let n = script.nextFor(id, this.earliest); n <= due; n = script.nextFor(id, n + 1)) {
      if (n === script.length || message !== script.messageAt(n)) continue;
      this.earliest = this.known = n + 1;
      return;
    }
    throw new Error(`player ${id} was due message ${due}, and got ${message.slice(0, 80)}`);
  }

  /** @throws {Error} if anything that was sent has not come. */
  expectAll(): void {
    if (this.due < this.script.length) throw new Error(`player ${this.id} has not got message ${this.due}`);
  }

  /** The message that must come; those between the earliest and this one may. */
  private get due(): number {
    return this.script.nextFor(this.id, Math.min(this.known, this.script.length));
  }
}

/** What a host that has asked gets of a player whose connection is lost (R9), and of its return (R11). */
export const awayWords = (id: string): string => JSON.stringify({ $relay: 'away', client_id: id });
export const backWords = (id: string, resumed: boolean): string =>
  JSON.stringify({ $relay: 'back', client_id: id, resumed });

/** What a host has got of one player: that it is there, its messages, that it is away and back, that it is gone. */
export class Attendance {
  private state: 'expected' | 'present' | 'away' | 'gone' = 'expected';
  private came = 0;
  private sent = 0;
  /** Where streams begin of which the host has not learned, and how many of which it alone has. */
  private readonly beginnings: number[] = [];
  private early = 0;

  constructor(readonly id: string) {}

  /** Whether the host has not been told of the player. */
  get isExpected(): boolean {
    return this.state === 'expected';
  }

  get isPresent(): boolean {
    return this.state === 'present';
  }

  get isGone(): boolean {
    return this.state === 'gone';
  }

  /** The player's next message. */
  write(): string {
    return payloadOf(this.id, this.sent++);
  }

  /** The player has learned that its stream does not go on: what it sent before may be lost, and its host learns it too. */
  begin(): void {
    if (this.early > 0) this.early--;
    else this.beginnings.push(this.sent);
  }

  /** @throws {Error} if the message is not one that had to come. */
  receive(message: string): void {
    if (this.state === 'expected' && message === connectNotice(this.id)) this.state = 'present';
    else if (this.isHere && message === disconnectNotice(this.id)) this.state = 'gone';
    else if (this.state === 'present' && message === this.due) this.came++;
    else if (this.state === 'present' && message === awayWords(this.id)) this.state = 'away';
    else if (this.state === 'away' && message === backWords(this.id, true)) this.state = 'present';
    else if (this.isHere && message === backWords(this.id, false)) this.beganAgain();
    else throw new Error(`the host got of player ${this.id}, who is ${this.state}: ${message.slice(0, 80)}`);
  }

  /** @throws {Error} if anything that the player has sent has not come; `why` tells why it had to. */
  expectAll(why: string): void {
    if (this.state === 'away') throw new Error(`the host believes that ${this.id} is away, which ${why}`);
    if (this.beginnings.length + this.early > 0)
      throw new Error(`one side alone knows of the new stream of ${this.id}, which ${why}`);
    if (this.came === this.sent) return;
    throw new Error(`the host has ${this.came} of ${this.sent} messages of ${this.id}, which ${why}`);
  }

  private get isHere(): boolean {
    return this.state === 'present' || this.state === 'away';
  }

  /** A player that asks to go on sends nothing until it knows (R20): if it does not yet, all it sent was of the old stream. */
  private beganAgain(): void {
    this.state = 'present';
    const beginning = this.beginnings.shift();
    if (beginning === undefined) this.early++;
    this.came = beginning ?? this.sent;
  }

  private get due(): string | undefined {
    return this.came < this.sent ? stamped(payloadOf(this.id, this.came), this.id) : undefined;
  }
}
