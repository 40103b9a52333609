/** The types an option can have: each knows its words, how it is typed, and its class-validator rules. */
import type * as ClassValidator from 'class-validator';

/** What all values of one option have in common. */
export interface OptionType<T> {
  /** Completes the sentence "it must be ...", with range and unit. */
  readonly allowed: string;
  /** What stands for the value in the help, like `<bytes>`. */
  readonly placeholder: string;
  /** The value of a text as typed; a text that is none comes back as it is, for the rules to refuse. */
  parse(text: string): T | string;
  /** The text that {@link parse} reads as this value. */
  format(value: unknown): string;
  /** A value for human eyes, where its text alone does not speak: `1 MiB`, `off`. */
  explain?(value: unknown): string | undefined;
  /**
   * The rules of a field of this type, each failing with `message`. They are handed class-validator
   * instead of importing it: it takes longer to load than `--help` may take to answer (C4).
   */
  rules(validators: typeof ClassValidator, message: string): PropertyDecorator[];
}

/** The range of an integer, both ends included. */
export interface IntegerRange {
  readonly min: number;
  readonly max: number;
  /** The unit in the plural; `bytes` are explained in KiB and MiB. */
  readonly unit?: string;
  /** What 0 means when it is special; 0 is then allowed even below `min`. */
  readonly zero?: string;
}

/** A whole number within a range. */
export function integer({ min, max, unit, zero }: IntegerRange): OptionType<number> {
  const size = (value: unknown): string | undefined => (unit === 'bytes' ? inBinaryUnits(value) : undefined);
  const sizes = size(min) && size(max) ? ` (${size(min)} to ${size(max)})` : '';
  const range = `an integer from ${min} to ${max}${unit ? ` ${unit}` : ''}${sizes}`;
  return {
    allowed: !zero ? range : min <= 0 ? `${range} (0: ${zero})` : `0 (${zero}) or ${range}`,
    placeholder: `<${unit ?? 'number'}>`,
    parse: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text),
    format: String,
    explain: (value) => (zero && value === 0 ? zero : size(value)),
    rules: ({ IsInt, Min, Max, ValidateIf }, message) => [
      IsInt({ message }),
      Min(min, { message }),
      Max(max, { message }),
      ...(zero ? [ValidateIf((_options, value) => value !== 0)] : []),
    ],
  };
}

/** A text of a certain form; `allowed` says in words what `pattern` says in signs. */
export function text(allowed: string, pattern: RegExp, placeholder = '<text>'): OptionType<string> {
  return {
    allowed,
    placeholder,
    parse: (typed) => typed,
    format: String,
    rules: ({ IsString, Matches }, message) => [IsString({ message }), Matches(pattern, { message })],
  };
}

/** The address of a network interface, of either family. */
export function ipAddress(): OptionType<string> {
  return {
    allowed: 'an IP address such as 127.0.0.1, 0.0.0.0 or ::',
    placeholder: '<address>',
    parse: (typed) => typed,
    format: String,
    rules: ({ IsIP }, message) => [IsIP(undefined, { message })],
  };
}

/** One word out of a closed list. */
export function oneOf<T extends string>(...words: readonly T[]): OptionType<T> {
  return {
    allowed: `one of ${words.join(', ')}`,
    placeholder: '<word>',
    parse: (typed) => typed,
    format: String,
    rules: ({ IsIn }, message) => [IsIn(words, { message })],
  };
}

/** Several texts of one form, typed with commas between them; `allowed` names the form in the plural. */
export function listOf(allowed: string, pattern: RegExp): OptionType<readonly string[]> {
  return {
    allowed: `${allowed}, separated by commas`,
    placeholder: '<list>',
    parse: (typed) => typed.split(',').flatMap((item) => item.trim() || []),
    format: (value) => (Array.isArray(value) ? value.join(',') : String(value)),
    explain: (value) => (Array.isArray(value) && value.length === 0 ? 'none' : undefined),
    rules: ({ IsArray, IsString, Matches }, message) => [
      IsArray({ message: `must be an array of ${allowed}` }),
      IsString({ each: true, message }),
      Matches(pattern, { each: true, message }),
    ],
  };
}

/** Any number of words out of a closed list, typed with commas between them. */
export function someOf<T extends string>(...words: readonly T[]): OptionType<readonly T[]> {
  const allowed = `any of ${words.join(', ')}`;
  return {
    ...(listOf(allowed, /^/) as OptionType<readonly T[]>),
    rules: ({ IsArray, IsIn }, message) => [
      IsArray({ message: `must be an array of ${allowed}` }),
      IsIn(words, { each: true, message }),
    ],
  };
}

function inBinaryUnits(value: unknown): string | undefined {
  const units = ['KiB', 'MiB', 'GiB'];
  if (typeof value !== 'number' || value <= 0) return undefined;
  for (const power of [3, 2, 1]) {
    if (value % 1024 ** power === 0) return `${value / 1024 ** power} ${units[power - 1]}`;
  }
  return undefined;
}
