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
  return violation ?? (JSON.parse(withPlainKeys(payload.toString())) as Record<string, unknown>);
}

/** Escapes, each as a whole, so that what follows an escaped backslash is not taken for one. */
const ESCAPE = /\\(?:u00([2-7][\da-f])|.)/gi;

/**
 * The same text without escapes of ASCII. The V8 of Node 24 and 26 may read an escaped key as a key of an earlier text
 * (nodejs/node#63785), and so a login for something else, as long as another peer likes.
 */
function withPlainKeys(text: string): string {
  if (!text.includes('\\u')) return text;
  return text.replace(ESCAPE, (escape, code?: string) => {
    const plain = code === undefined ? '"' : String.fromCharCode(parseInt(code, 16));
    return plain === '"' || plain === '\\' ? escape : plain;
  });
}
