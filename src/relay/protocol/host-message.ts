/** A message of a host: its bytes and its kind of frame as they are, and whom it is for (H1, H2). */
import { QUOTE } from './json-bytes.js';
import { seemsToHave } from './no-json.js';
import { ObjectReader } from './json-object.js';
import type { Message } from './message.js';

const RECEIVER_ID = Buffer.from('receiver_id');
/** What every other spelling of a key begins with. */
const ESCAPE = Buffer.from('\\u');
/** Nothing that a host sends is refused: deeper than any payload is long. */
const ANY_DEPTH = 0x7fffffff;
/** Bytes from which on a search for the key costs less than reading the payload as JSON (bench/micro.ts). */
const WORTH_SEARCHING = 256;

const EMPTY: Buffer = Buffer.alloc(0);

/**
 * Who a host's message is for, and the message itself.
 *
 * Made once and used for one message after another: it refers to the payload, not to a copy, until the next
 * {@link read}.
 */
export class HostMessage implements Message {
  byteLength = 0;
  isBinary = false;
  /**
   * The id of the players that the message is for; undefined if it is for all of them; null if its
   * `receiver_id` is not a string, and so matches no player (H5).
   */
  receiver: string | null | undefined = undefined;
  /** Whether it is for all of them only because it is not JSON: it names a receiver as JSON would. */
  isMisread = false;

  private payload = EMPTY;
  private readonly object = new ObjectReader(RECEIVER_ID, ANY_DEPTH);

  /** Takes any payload: one that is not a JSON object is a broadcast. */
  read(payload: Buffer, isBinary: boolean): this {
    this.payload = payload;
    this.byteLength = payload.length;
    this.isBinary = isBinary;
    this.isMisread = false;
    this.receiver = mayNameReceiver(payload) ? this.readReceiver(payload) : undefined;
    return this;
  }

  copyTo(target: Buffer, offset: number): void {
    target.set(this.payload, offset);
  }

  /** Lets go of the payload and of the receiver, which may be large, until the next message comes. */
  forget(): void {
    this.payload = EMPTY;
    this.receiver = undefined;
  }

  private readReceiver(payload: Buffer): string | null | undefined {
    const { object } = this;
    const violation = object.read(payload);
    this.isMisread = violation === 'not-json' && seemsToHave(payload, RECEIVER_ID);
    if (violation !== undefined || object.count === 0) return undefined;
    // The last one counts, as it does for JSON.parse (H6).
    const start = object.values[object.count - 1]!;
    const end = object.ends[object.count - 1]!;
    if (payload[start] !== QUOTE) return null;
    const text = payload.toString('utf8', start + 1, end - 1);
    return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
  }
}

/** Whether a payload must be read to know; most long broadcasts have neither the key nor an escape. */
function mayNameReceiver(payload: Buffer): boolean {
  return payload.length < WORTH_SEARCHING || payload.includes(RECEIVER_ID) || payload.includes(ESCAPE);
}
