/** The one way to refuse a wrong option: a single line that names it, and stops the start (C3). */
import { inspect } from 'node:util';

const LONGEST_VALUE = 80;

/**
 * An option that cannot be used. The message is one line, made for the eyes of its operator:
 * the program prints it without a stack and exits with {@link OptionError.exitStatus}.
 */
export class OptionError extends Error {
  /** What the program exits with when its options are wrong. */
  static readonly exitStatus = 2;

  override readonly name = 'OptionError';

  constructor(message: string) {
    super(onOneLine(message));
  }
}

/** A value as an error shows it: text in double quotes, anything else as Node prints it; long ones are cut. */
export function shown(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(shortened(value))
    : shortened(inspect(value, { depth: 0, breakLength: Infinity }));
}

/** A text cut to a length that a line of an error can bear. */
export function shortened(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
}

/** A text from elsewhere that can neither break a line nor steer a terminal. */
export function onOneLine(message: string): string {
  return message.replace(
    /[\p{Cc}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
