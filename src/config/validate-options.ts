/** Whether options can be used: the same answer for the program and for a backend that embeds the relay. */
import * as validators from 'class-validator';
import { closest } from './closest.js';
import { OptionError, shown } from './option-error.js';
import { type OptionsClass, optionsOf } from './option.decorator.js';
import { RelayOptions } from './relay-options.js';
import { asMember, removedOption } from './removed-options.js';

const withRules = new WeakMap<object, Set<string>>();

/**
 * The options of a host backend, completed by the defaults. A member that is `undefined` counts as not given.
 * Options that were already complete, such as those of the program, are checked again and keep their class.
 *
 * @throws {OptionError} that names the option, its value and what is allowed (C3); also for unknown names.
 */
export function validateOptions(given: Partial<RelayOptions> = {}): RelayOptions {
  const optionsClass =
    given instanceof RelayOptions ? (given.constructor as OptionsClass<RelayOptions>) : RelayOptions;
  const known = optionsOf(optionsClass).map(({ property }) => property);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw removedOption(name, asMember) ?? new OptionError(unknownMember(name, known));
  }
  return completeOptions(optionsClass, new Map(Object.entries(given)));
}

/**
 * New options of a class with the given values in place of the defaults, frozen.
 *
 * @param nameOf how an error calls the option: by where its value came from.
 * @throws {OptionError} for the first option whose value breaks its rules.
 */
export function completeOptions<T extends object>(
  optionsClass: OptionsClass<T>,
  values: ReadonlyMap<string, unknown>,
  nameOf: (property: string) => string = (property) => property,
): T {
  const given = [...values].filter(([, value]) => value !== undefined);
  const options = Object.assign(new optionsClass(), Object.fromEntries(given));
  applyRules(optionsClass);
  const [error] = validators.validateSync(options, { stopAtFirstError: true });
  if (error) {
    const [message = 'is not allowed'] = Object.values(error.constraints ?? {});
    const wrong = wrongPart(optionsClass, error).map(shown).join(', ');
    throw new OptionError(`${nameOf(error.property)} ${message}, not ${wrong}`);
  }
  return Object.freeze(options);
}

/** What the error is about: of a list the items that are wrong by themselves, of anything else the value. */
function wrongPart<T extends object>(
  optionsClass: OptionsClass<T>,
  { property, value }: validators.ValidationError,
): unknown[] {
  if (!Array.isArray(value)) return [value];
  const isWrong = (item: unknown): boolean => {
    const options = Object.assign(new optionsClass(), { [property]: [item] });
    return validators.validateSync(options).length > 0;
  };
  return (value as unknown[]).filter(isWrong);
}

// Once per field: class-validator keeps each rule for as long as the process lives.
function applyRules(optionsClass: OptionsClass<object>): void {
  for (const { declaredBy, property, type } of optionsOf(optionsClass)) {
    const done = withRules.get(declaredBy) ?? new Set();
    withRules.set(declaredBy, done);
    if (done.has(property)) continue;
    done.add(property);
    for (const rule of type.rules(validators, `must be ${type.allowed}`)) rule(declaredBy, property);
  }
}

function unknownMember(name: string, known: readonly string[]): string {
  const suggestion = closest(name, known);
  const hint = suggestion ? `did you mean ${suggestion}?` : 'docs/options.md lists all';
  return `unknown option ${shown(name)} of the relay; ${hint}`;
}
