/** Which web pages may connect. */

/**
 * Whether a request may come in (A22). A browser names the origin of its page and cannot be made to lie about
 * it; a game names none, and is let in: a list of origins keeps foreign pages out, not foreign programs.
 *
 * @param allowed origins such as `https://party.example`, or `null` for pages without one; empty for any.
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.length === 0 || origin === undefined) return true;
  return allowed.some((one) => asBrowsersWrite(one) === asBrowsersWrite(origin));
}

/** In small letters, and without the port that goes without saying. */
function asBrowsersWrite(origin: string): string {
  return origin.toLowerCase().replace(/^(http:.+):80$|^(https:.+):443$/, '$1$2');
}
