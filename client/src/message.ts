/** What is said: JSON objects. The relay refuses anything else of a player. */

/** Any message, for who does not say more with the type parameters of `PartyHost` and `PartyPlayer`. */
export type Message = Record<string, unknown>;

/** The object in a text message; undefined if it is not JSON, not an object, or not text. */
export function readObject(data: unknown): Message | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Message)
      : undefined;
  } catch {
    return undefined;
  }
}
