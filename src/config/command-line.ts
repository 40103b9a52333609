/** From a command line to options that can be used, or to an answer: the program's whole start but Nest. */
import { readEnvFiles } from './env-files.js';
import { readEnvironment } from './environment.js';
import { readFlags } from './flags.js';
import { helpText } from './help.js';
import { optionsOf } from './option.decorator.js';
import { ProgramOptions } from './relay-options.js';
import { valuesOf } from './sources.js';
import { version } from './version.js';

/** What a command line asks for: a text for stdout (with its line end) and nothing else (C4), or the relay. */
export type CommandLine =
  | { readonly kind: 'help' | 'version'; readonly text: string }
  | { readonly kind: 'run'; readonly options: ProgramOptions };

/**
 * Reads the options of the program. A flag wins over the environment, the environment over the file `.env.local` in the
 * working directory, that over the file `.env` there, and that over the default (C2).
 *
 * @param args the arguments behind the name of the program.
 * @throws {OptionError} (as a rejection) whose message is the one line to print (C3).
 */
export async function readCommandLine(
  args: readonly string[] = process.argv.slice(2),
  environment: NodeJS.ProcessEnv = process.env,
  folder: string = process.cwd(),
): Promise<CommandLine> {
  const options = optionsOf(ProgramOptions);
  const flags = readFlags(options, args);
  if ('about' in flags) {
    const text = flags.about === 'help' ? helpText(ProgramOptions, flags.topic) : `${version()}\n`;
    return { kind: flags.about, text };
  }
  const sources = [flags, readEnvironment(options, environment), ...readEnvFiles(options, folder)];
  const { values, nameOf } = valuesOf(options, sources);
  // Imported only now: class-validator alone takes longer to load than `--help` may take.
  const { completeOptions } = await import('./validate-options.js');
  return { kind: 'run', options: completeOptions(ProgramOptions, values, nameOf) };
}
