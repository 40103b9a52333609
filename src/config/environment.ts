/** Options from the environment. */
import type { OptionError } from './option-error.js';
import type { OptionDescription } from './option.decorator.js';
import { asVariable, removedOption } from './removed-options.js';
import { type TypedOption, type TypedOptions, unknownName } from './sources.js';

const PREFIX = 'RELAY_';

/**
 * The options among the variables of an environment. A variable that is set to nothing counts as not set.
 *
 * @throws {OptionError} for a name that begins with `RELAY_` and is not an option: a typo must not pass in
 *   silence. Names that begin with `RELAY_TEST_` belong to the project's tests.
 */
export function readEnvironment(
  options: readonly OptionDescription[],
  environment: NodeJS.ProcessEnv,
  where = '',
): TypedOptions {
  const read = new Map<string, TypedOption>();
  const byName = new Map(options.map((option) => [option.environmentName, option]));
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || name.startsWith('RELAY_TEST_')) continue;
    const option = byName.get(name);
    if (!option) {
      const removed = removedOption(name, asVariable, where);
      if (removed && !text) continue;
      throw removed ?? unknownSetting(name, [...byName.keys()], where || ' in the environment');
    }
    if (text) read.set(option.property, { text, calledAs: name + where });
  }
  return read;
}

function unknownSetting(typed: string, known: readonly string[], where: string): OptionError {
  return unknownName('setting', { typed, prefix: PREFIX, known }, where);
}
