/** Text of peers, shown so that it can be nothing else: not markup, and no part of our sentences. */
import type { Sentence } from '../../src/operator/console/look.js';
import { make } from './dom.js';

/** What cannot be seen, or turns the direction of what follows. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** `a\u{202e}b` for an id that would turn the line around. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
}

/** A peer's own text, set apart. */
export function said(text: string): HTMLElement {
  return make('bdi', 'said', visible(text));
}

export function sentence(parts: Sentence): (HTMLElement | string)[] {
  return parts.map((part) => (typeof part === 'string' ? part : said(part.said)));
}
