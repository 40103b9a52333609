/** Server codes: how they are proposed, and how they are compared. */

/**
 * No vowels and no letters that make rude abbreviations without them (C, F, W), so that a code spells nothing;
 * none that a glance takes for another letter or a digit (B, G, I, L, O, Q, S, Z).
 */
const LETTERS = 'DHJKMNPRTVX';

/** A random code of `length` letters, no letter twice in a row. There are 11,000 of four letters. */
export function proposeCode(length = 4): string {
  let code = '';
  while (code.length < length) {
    const letter = LETTERS.charAt(randomBelow(LETTERS.length));
    if (!code.endsWith(letter)) code += letter;
  }
  return code;
}

/** The code that a player meant by what was typed: phones like to add a space and to start in lower case. */
export function normalCode(typed: string): string {
  return typed.trim().toUpperCase();
}

/** An even random integer from 0 up to, not including, `end` (at most 256). */
export function randomBelow(end: number): number {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return byte < 256 - (256 % end) ? byte % end : randomBelow(end);
}
