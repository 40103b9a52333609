/** Where the messages of a connection go; it changes with the phase of its session. */
import type { Ending } from '../../rooms/endings.js';

/** Takes one whole message, whose bytes are others' when it returns. Returns the ending that it deserves, if any. */
export type MessageSink = (payload: Buffer, isBinary: boolean) => Ending | undefined;

/** Messages behind an offending one, and behind any other ending, are not processed (P12). */
export const IGNORE: MessageSink = () => undefined;
