/** Options by the name that their owner gives them: a flag of the program, or an option of RelayModule in a backend. */
import { ProgramOptions, type RelayOptions } from './relay-options.js';

const FLAG = /--([a-z]+(?:-[a-z]+)*)/g;

/** A text that names options by their flags, in the words of the owner of `options`. */
export function inWordsOf(options: RelayOptions, text: string): string {
  if (options instanceof ProgramOptions) return text;
  const property = (flag: string): string =>
    flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return text.replace(FLAG, (_, flag: string) => `${property(flag)} of RelayModule`);
}
