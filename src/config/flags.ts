/** Options from the command line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { OptionError, shown } from './option-error.js';
import type { OptionDescription } from './option.decorator.js';
import { asFlag, removedOption } from './removed-options.js';
import { type TypedOption, type TypedOptions, unknownName } from './sources.js';

/** The flags that answer instead of starting the relay (C4). */
const ANSWERS = [
  { flag: 'help', short: 'h' },
  { flag: 'version', short: 'V' },
] as const;

/** What is asked for instead of a start; help about `topic` if that is named. */
export interface Question {
  readonly about: (typeof ANSWERS)[number]['flag'];
  readonly topic?: string;
}

type Token = ReturnType<typeof tokensOf>[number];
type FlagToken = Extract<Token, { kind: 'option' }>;

/**
 * Reads the arguments behind the program's name. A flag given twice counts as given last. A user who asks
 * for help gets it, whatever else is wrong.
 *
 * @throws {OptionError} for an unknown flag, a missing value or an argument that belongs to no flag.
 */
export function readFlags(
  options: readonly OptionDescription[],
  args: readonly string[],
): TypedOptions | Question {
  const tokens = tokensOf(options, args);
  for (const { flag } of ANSWERS) {
    const at = tokens.findIndex((token) => token.kind === 'option' && token.name === flag);
    if (at !== -1) return { about: flag, ...topicBehind(tokens[at + 1]) };
  }
  const read = new Map<string, TypedOption>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new OptionError(`unexpected argument ${shown(token.value)}; --help lists all options`);
    }
    if (token.kind !== 'option') continue;
    const option = options.find(({ flag }) => flag === token.name);
    if (!option) throw unknownFlag(token, options);
    read.set(option.property, { text: valueOf(token, option), calledAs: `--${option.flag}` });
  }
  return read;
}

function topicBehind(token: Token | undefined): { topic?: string } {
  return token?.kind === 'positional' ? { topic: token.value } : {};
}

// Not strict: Node's own complaints take several lines and do not say what is allowed.
function tokensOf(options: readonly OptionDescription[], args: readonly string[]) {
  const config: NonNullable<ParseArgsConfig['options']> = {};
  for (const { flag, short } of ANSWERS) config[flag] = { type: 'boolean', short };
  for (const { flag, short } of options) {
    config[flag] = { type: 'string', ...(short ? { short } : {}) };
  }
  return parseArgs({ args: [...args], options: config, strict: false, tokens: true }).tokens;
}

function valueOf({ value, inlineValue }: FlagToken, { flag, type }: OptionDescription): string {
  // `--ip --port 80` forgot the address; `--port -5` meant what it says.
  const isNextFlag = inlineValue === false && /^-[^\d]/.test(value);
  if (value === undefined || isNextFlag) throw new OptionError(`--${flag} needs a value: ${type.allowed}`);
  return value;
}

function unknownFlag({ rawName }: FlagToken, options: readonly OptionDescription[]): OptionError {
  const removed = removedOption(rawName, asFlag);
  if (removed) return removed;
  const known = [...options, ...ANSWERS].map(({ flag }) => `--${flag}`);
  return unknownName('option', { typed: rawName, prefix: '--', known });
}
