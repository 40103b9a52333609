/** The first message of a connection, as far as its bytes go; what it must say is the gateway's question. */
import { ObjectReader } from './json-object.js';
import type { Violation } from './violation.js';

/** Bytes of UTF-8 that a code and an id may have (L7). The original relay knows no bound, and an id may be a token. */
export const LONGEST_CODE = 256;
export const LONGEST_ID = 1024;

/** How deep a first message may be nested, whatever `max-depth` says: class-transformer recurses into it. */
const MAX_DEPTH = 1024;

/** A member that every login has. Nothing depends on whether it is found here. */
const ACTION = Buffer.from('action');

/**
 * The members of a first message, from a frame of either kind (L10), or what is wrong with its bytes (L8).
 *
 * Never throws. The members are of any type, and `__proto__` is one like the others.
 */
export function readFirstMessage(payload: Buffer): Record<string, unknown> | Violation {
  const violation = new ObjectReader(ACTION, MAX_DEPTH).read(payload);
  return violation ?? (JSON.parse(payload.toString()) as Record<string, unknown>);
}
