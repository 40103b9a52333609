/** What a source of options gives: flags, environment and file answer in the same form. */
import { closest } from './closest.js';
import { OptionError, shortened } from './option-error.js';
import type { OptionDescription } from './option.decorator.js';

/** An option as it was typed. */
export interface TypedOption {
  readonly text: string;
  /** How an error calls the option: `--port`, `RELAY_PORT`, `RELAY_PORT in .env`. */
  readonly calledAs: string;
}

/** What one source says, by property; an option it does not speak of is absent. */
export type TypedOptions = ReadonlyMap<string, TypedOption>;

/** A name as typed, what all names of its source begin with, and those there are. */
export interface TypedName {
  readonly typed: string;
  readonly prefix: string;
  readonly known: readonly string[];
}

/** The error for a name that no option has, with the name that was probably meant. */
export function unknownName(kind: string, { typed, prefix, known }: TypedName, where = ''): OptionError {
  const bare = known.map((name) => name.slice(prefix.length));
  const suggestion = typed.startsWith(prefix) ? closest(typed.slice(prefix.length), bare) : undefined;
  const hint = suggestion === undefined ? '' : ` did you mean ${prefix}${suggestion}?`;
  return new OptionError(`unknown ${kind} ${shortened(typed)}${where};${hint} --help lists all`);
}

/** The values of the sources, and how each option was called by the source that gave it. */
export interface ChosenValues {
  readonly values: ReadonlyMap<string, unknown>;
  nameOf(this: void, property: string): string;
}

/** Chooses among the sources, of each option the first that speaks of it (C2), and reads its text by its type. */
export function valuesOf(
  options: readonly OptionDescription[],
  sources: readonly TypedOptions[],
): ChosenValues {
  const values = new Map<string, unknown>();
  const names = new Map<string, string>();
  for (const { property, type } of options) {
    const typed = sources.find((source) => source.has(property))?.get(property);
    if (!typed) continue;
    values.set(property, type.parse(typed.text));
    names.set(property, typed.calledAs);
  }
  return { values, nameOf: (property) => names.get(property) ?? property };
}
