/** The options as a namespace of `@nestjs/config`. */
import { type ConfigFactory, type ConfigFactoryKeyHost, registerAs } from '@nestjs/config';
import { readEnvFiles } from './env-files.js';
import { readEnvironment } from './environment.js';
import { optionsOf } from './option.decorator.js';
import { ProgramOptions, RelayOptions } from './relay-options.js';
import { valuesOf } from './sources.js';
import { completeOptions } from './validate-options.js';

/** A namespace `relay`: a backend reads `config.get('relay.maxDepth')`, or injects all of it by its `KEY`. */
export type RelayConfig<T extends RelayOptions = RelayOptions> = (() => T) &
  ConfigFactory &
  ConfigFactoryKeyHost<T>;

/**
 * The options of the relay in a backend: those in the environment win over those in `.env.local` and `.env` of the working
 * directory (C2). What only the program knows, such as `RELAY_PORT`, is not read.
 */
export const relayConfig: RelayConfig = namespaceOf(() => readOptions());

/** Options that were read before Nest was loaded: the program's, whose flags win over all else. */
export function configOf<T extends RelayOptions>(options: T): RelayConfig<T> {
  return namespaceOf(() => options);
}

/** @throws {OptionError} that names the variable, its value and what is allowed (C3). */
export function readOptions(
  environment: NodeJS.ProcessEnv = process.env,
  folder: string = process.cwd(),
): RelayOptions {
  // Those of the program are known, too: a variable that both share is no mistake.
  const known = optionsOf(ProgramOptions);
  const sources = [readEnvironment(known, environment), ...readEnvFiles(known, folder)];
  const { values, nameOf } = valuesOf(optionsOf(RelayOptions), sources);
  return completeOptions(RelayOptions, values, nameOf);
}

function namespaceOf<T extends RelayOptions>(read: () => T): RelayConfig<T> {
  return registerAs('relay', read as (() => T) & ConfigFactory) as RelayConfig<T>;
}
