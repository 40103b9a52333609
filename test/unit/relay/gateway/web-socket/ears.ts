// A listener to frames that writes down what it hears.
import type { Breach, FrameListener } from '../../../../../src/relay/gateway/web-socket/frame-reader.js';

export class Ears implements FrameListener {
  readonly heard: string[] = [];
  /** The lengths of frames that were asked about, and of those that came. */
  readonly asked: number[] = [];
  readonly counted: number[] = [];

  /** @param most the longest frame that is let in. */
  constructor(private readonly most = Infinity) {}

  /** What was heard since the last look. */
  take(): string[] {
    return this.heard.splice(0);
  }

  allows(length: number): boolean {
    this.asked.push(length);
    return length <= this.most;
  }

  count(length: number): void {
    this.counted.push(length);
  }

  message(payload: Buffer, isBinary: boolean): void {
    this.heard.push(`${isBinary ? 'binary' : 'text'} ${payload.toString()}`);
  }

  ping(payload: Buffer): void {
    this.heard.push(`ping ${payload.toString()}`);
  }

  pong(payload: Buffer): void {
    this.heard.push(`pong ${payload.toString()}`);
  }

  goodbye(payload: Buffer): void {
    this.heard.push(`goodbye ${payload.toString()}`);
  }

  broke(breach: Breach): void {
    this.heard.push(breach);
  }
}
