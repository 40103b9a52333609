/** A short look at the messages of one room. */
import { isJsonObject } from '../../relay/protocol/json-object.js';
import type { Inspector } from '../../relay/rooms/inspector.js';
import { hasUnsafeInteger, MOST_BYTES } from './unsafe-integer.js';

/** Messages of a look that are read for numbers; the rest are only compared with the first. */
const MOST_READ = 32;

/** More identical messages than this in a look of about a second are too many: screens draw as many. */
const MOST_IDENTICAL = 60;

/**
 * The first sender that speaks is the one whose messages are compared with its first; those of all others cost
 * nothing but the question who it was.
 */
export class Sample implements Inspector {
  unsafeIntegers = 0;
  private subject: object | undefined;
  private first: Buffer | undefined;
  private identical = 0;
  private read = 0;

  look(sender: object, payload: Buffer): void {
    if (this.read < MOST_READ) this.readNumbers(payload);
    if (this.subject === undefined) this.begin(sender, payload);
    else if (sender === this.subject && this.first?.equals(payload) === true) this.identical++;
  }

  /** Ends the sample. Whether its device repeated itself too often in the seconds of the sample. */
  isRepetitive(seconds: number): boolean {
    return this.identical > MOST_IDENTICAL * seconds;
  }

  private begin(sender: object, payload: Buffer): void {
    this.subject = sender;
    // A copy: the payload is a part of what was read from the socket. Large ones are not kept, and not compared.
    if (payload.length <= MOST_BYTES) this.first = Buffer.from(payload);
  }

  private readNumbers(payload: Buffer): void {
    this.read++;
    // A reader does not round digits in text that is not JSON.
    if (payload.length > MOST_BYTES || !hasUnsafeInteger(payload)) return;
    if (isJsonObject(payload)) this.unsafeIntegers++;
  }
}
