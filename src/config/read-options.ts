/** The options of the relay in a backend, from where the program has its own. */
import { readEnvFiles } from './env-files.js';
import { readEnvironment } from './environment.js';
import { optionsOf } from './option.decorator.js';
import { ProgramOptions, RelayOptions } from './relay-options.js';
import { valuesOf } from './sources.js';
import { completeOptions } from './validate-options.js';

/**
 * Those in the environment win over those in `.env.local` and `.env` of the working directory (C2). What only the program
 * knows, such as `RELAY_PORT`, is not read.
 *
 * @throws {OptionError} that names the variable, its value and what is allowed (C3).
 */
export function readOptions(
  environment: NodeJS.ProcessEnv = process.env,
  folder: string = process.cwd(),
): RelayOptions {
  // Those of the program are known, too: a variable that both share is not a mistake.
  const known = optionsOf(ProgramOptions);
  const sources = [readEnvironment(known, environment), ...readEnvFiles(known, folder)];
  const { values, nameOf } = valuesOf(optionsOf(RelayOptions), sources);
  return completeOptions(RelayOptions, values, nameOf);
}
