/** Makes a peer's text harmless in a log line. */

/** Characters of a code or id that a log line shows at most. */
const SHOWN = 64;

/** Control characters, line separators and what turns the direction of writing: all that can fake a line. */
const HARMFUL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]/gu;

/** The text in one line, with its harmful characters as escapes, cut when it is long (E7). */
export function escapeForLog(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return shown.replace(HARMFUL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
