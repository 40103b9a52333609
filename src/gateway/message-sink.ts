/** Where the messages of a connection go; it changes with the phase of its session. */
import type { Violation } from '../protocol/violation.js';

/** Takes one whole message. The payload may not be kept: its bytes are used again. Returns what was wrong with it. */
export type MessageSink = (payload: Buffer, isBinary: boolean) => Violation | undefined;

/** Messages behind an offending one, and behind any other ending, are not processed (P12). */
export const IGNORE: MessageSink = () => undefined;
