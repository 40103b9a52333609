/** What a peer that has asked, or is away, has in its room beside its connection (chapter R). */
import type { Stream } from './streams/stream.js';

export interface Asked {
  /** The digest of the secret that makes a seat or a room its owner's (R7). */
  readonly key?: string | undefined;
  /** The stream that it wants to go on with, and how many messages it has of it (R18). */
  readonly stream?: string | undefined;
  readonly got?: number | undefined;
}

export class Seat {
  stream: Stream | undefined = undefined;
  /** Seconds that it has had no connection; undefined while it has one. */
  awayFor: number | undefined = undefined;

  constructor(
    public key: string | undefined,
    /** Whether its peer hears what the relay itself says. */
    public hasAsked: boolean,
  ) {}

  get isAway(): boolean {
    return this.awayFor !== undefined;
  }

  /** It is that of a peer that asks for so much, or for nothing. */
  belongTo(asked: Asked | undefined): void {
    this.key = asked?.key;
    this.hasAsked = asked !== undefined;
  }

  /** Whether its stream is the one that is asked for, and all that is missing is here. */
  isResumable({ stream, got }: Asked): boolean {
    if (stream === undefined || got === undefined || stream !== this.stream?.name) return false;
    return this.stream.tail.hasAllBehind(got);
  }

  /** Goes on with the stream, if that is asked for and all that is missing is here: those frames. */
  resume(asked: Asked): Buffer[] | undefined {
    return this.isResumable(asked) ? this.stream?.tail.resume(asked.got ?? 0) : undefined;
  }

  /** Nothing of the old stream is said any more. */
  begin(stream: Stream | undefined): void {
    this.stream?.end();
    this.stream = stream;
  }
}
