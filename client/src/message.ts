/** What is said: JSON objects. The relay refuses anything else of a player. */

/** Any message, for who does not say more with the type parameters of `PartyHost` and `PartyPlayer`. */
export type Message = Record<string, unknown>;

/**
 * The object in a message; undefined if it is not JSON or not an object. Some engines write binary frames unless told
 * otherwise, so JSON in UTF-8 counts there as well.
 */
export function readObject(data: unknown): Message | undefined {
  try {
    const text =
      typeof data === 'string' ? data : new TextDecoder('utf-8', FATAL).decode(data as ArrayBuffer);
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const FATAL = { fatal: true };

function isObject(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many bytes a text has on the wire. Counted only if it could have more than `limit`: most messages are short. */
export function bytesOf(text: string, limit: number): number {
  return text.length * 3 > limit ? new TextEncoder().encode(text).byteLength : text.length;
}
