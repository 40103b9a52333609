/** A text message whose payload lies ready in a buffer. */
import type { Message } from './message.js';

/** Owns nothing: the buffer must stay unchanged until the message was copied. */
export class TextMessage implements Message {
  readonly isBinary: boolean = false;

  constructor(private readonly payload: Buffer) {}

  get byteLength(): number {
    return this.payload.length;
  }

  copyTo(target: Buffer, offset: number): void {
    target.set(this.payload, offset);
  }
}
