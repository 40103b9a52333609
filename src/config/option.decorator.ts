/** `@Option`: everything there is to know of an option stands at its field, and is read from there. */
import type { OptionType } from './option-types.js';

/** The groups in which options are explained, in the order of the help. */
export const GROUPS = [
  'Listening',
  'Pages',
  'Logging',
  'Per address',
  'Per connection',
  'Whole process',
  'Returning',
  'Many nodes',
] as const;

export type Group = (typeof GROUPS)[number];

/** What a field says of itself; its name gives the flag and the environment name, its initialiser the default. */
export interface OptionSpecification<T> {
  readonly group: Group;
  readonly type: OptionType<T>;
  /** What the option does, as a sentence. */
  readonly help: string;
  /** The one-letter flag, for the few options that have one. */
  readonly short?: string;
}

/** One option of a class, with all its names. */
export interface OptionDescription extends OptionSpecification<unknown> {
  /** The field, `maxDepth`; this is the name that a host backend uses. */
  readonly property: string;
  /** The flag without its dashes, `max-depth`. */
  readonly flag: string;
  /** `RELAY_MAX_DEPTH`, in the environment and in `.env`. */
  readonly environmentName: string;
  /** The prototype that declares the field; class-validator wants its rules there. */
  readonly declaredBy: object;
}

/** A class of options: all its fields have defaults. */
export type OptionsClass<T extends object> = new () => T;

const declared = new WeakMap<object, OptionDescription[]>();

/** Makes a field an option. The type of the field and of the option must agree. */
export function Option<T>(specification: OptionSpecification<T>) {
  return <K extends string>(prototype: Record<K, T>, property: K): void => {
    const words = property.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    const description: OptionDescription = {
      ...specification,
      property,
      flag: words,
      environmentName: `RELAY_${words.toUpperCase().replaceAll('-', '_')}`,
      declaredBy: prototype,
    };
    declared.set(prototype, [...(declared.get(prototype) ?? []), description]);
  };
}

/** The options of a class by groups; within a group in the order of its fields, followed by those it inherits. */
export function optionsOf(optionsClass: OptionsClass<object>): OptionDescription[] {
  const options: OptionDescription[] = [];
  let prototype = optionsClass.prototype as object | null;
  while (prototype !== null) {
    options.push(...(declared.get(prototype) ?? []));
    prototype = Object.getPrototypeOf(prototype) as object | null;
  }
  return options.toSorted((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group));
}

/** The default of an option, for its documentation. */
export interface OptionDefault {
  /** As one would type it: `1048576`. */
  readonly typed: string;
  /** With its meaning behind it where that helps: `1048576 (1 MiB)`; `none` where nothing is to be typed. */
  readonly explained: string;
}

/** Reads the default of an option from the initialiser of its field. */
export function defaultOf(
  optionsClass: OptionsClass<object>,
  { property, type }: OptionDescription,
): OptionDefault {
  const value: unknown = Reflect.get(new optionsClass(), property);
  const meaning = type.explain?.(value);
  const typed = type.format(value);
  if (typed === '') return { typed, explained: meaning ?? 'none' };
  return { typed, explained: meaning === undefined ? typed : `${typed} (${meaning})` };
}
