/** The text of `--help`, made from the options. */
import { ANSWERS } from './flags.js';
import { defaultOf, type OptionDescription, type OptionsClass, optionsOf } from './option.decorator.js';

const WIDTH = 80;
const COLUMN = 28;

/** Every option with its flag, meaning, range, default and environment name, in 80 columns (C4). */
export function helpText(optionsClass: OptionsClass<object>): string {
  return [
    'CarParty Relay: connects a party game on a big screen with its phones.',
    '',
    'Usage: carparty-relay [options]',
    '',
    ...optionsOf(optionsClass).flatMap((option) => entry(flagsOf(option), describe(optionsClass, option))),
    ...ANSWERS.flatMap((answer) => entry(flagsOf(answer), answer.help)),
    '',
    ...wrapped(
      'A flag wins over the environment, the environment over the file .env in the working directory, ' +
        'the file over the default. In brackets: the name of the option in both.',
      WIDTH,
    ),
    '',
  ].join('\n');
}

/** The range of an option as a sentence of its own: `An integer from 0 to 65535.` */
export function allowedSentence({ type }: OptionDescription): string {
  return `${type.allowed.charAt(0).toUpperCase()}${type.allowed.slice(1)}.`;
}

function describe(optionsClass: OptionsClass<object>, option: OptionDescription): string {
  const { explained } = defaultOf(optionsClass, option);
  return `${option.help} ${allowedSentence(option)} Default: ${explained}. [${option.environmentName}]`;
}

function flagsOf({
  short,
  flag,
  type,
}: Pick<OptionDescription, 'flag'> & Partial<OptionDescription>): string {
  const value = type?.placeholder ? ` ${type.placeholder}` : '';
  return `  ${short ? `-${short}, ` : '    '}--${flag}${value}`;
}

function entry(flags: string, description: string): string[] {
  const indent = ' '.repeat(COLUMN);
  const [first = '', ...rest] = wrapped(description, WIDTH - COLUMN).map((line) => indent + line);
  // A long flag has a line to itself, so that the column stays straight.
  const head = flags.length < COLUMN - 1 ? [flags.padEnd(COLUMN) + first.trimStart()] : [flags, first];
  return [...head, ...rest];
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
