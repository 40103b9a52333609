/** Makes a peer's text harmless in a log line. */

/** Characters of a code or id that a log line shows at most. */
const SHOWN = 64;

/** Control characters, line separators and what turns the direction of writing: all that can fake a line. */
const HARMFUL =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/** The text in one line, with its harmful characters as escapes, cut when it is long (E7). */
export function escapeForLog(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return shown.replace(HARMFUL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
