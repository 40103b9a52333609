/** The text of `--help`, made from the options. */
import { shown } from './option-error.js';
import {
  defaultOf,
  type Group,
  GROUPS,
  type OptionDescription,
  type OptionsClass,
  optionsOf,
} from './option.decorator.js';

const WIDTH = 80;

/** Where the flags of a group begin in the list of all. */
const COLUMN = 18;

/** Stands for all groups. */
const ALL = 'all';

/**
 * Every option with its default, by groups (C4); or, for a topic, the options of one group or of `all` with meaning,
 * range and name in the environment. In 80 columns, and a screen for each.
 */
export function helpText(optionsClass: OptionsClass<object>, topic?: string): string {
  const groups = topic === undefined ? [] : GROUPS.filter((group) => [topicOf(group), ALL].includes(topic));
  const explained = groups.flatMap((group) => ['', ...explain(optionsClass, group)]);
  const lines = explained.length > 0 ? explained.slice(1) : overview(optionsClass, topic);
  return `${lines.join('\n')}\n`;
}

/** The word by which the help knows a group: the last of its name. */
export function topicOf(group: Group): string {
  return group.toLowerCase().split(' ').at(-1) ?? group;
}

/** The range of an option as a sentence: `An integer from 0 to 65535.` */
export function allowedSentence({ type }: OptionDescription): string {
  return `${type.allowed.charAt(0).toUpperCase()}${type.allowed.slice(1)}.`;
}

function overview(optionsClass: OptionsClass<object>, topic: string | undefined): string[] {
  const topics = GROUPS.map(topicOf).join(', ');
  return [
    'CarParty Relay connects a party game on a big screen with its phones.',
    '',
    'Usage: carparty-relay [options]',
    '',
    'Options by groups, each with its default:',
    '',
    ...GROUPS.flatMap((group) => inColumn(group, optionsIn(optionsClass, group).map(brief(optionsClass)))),
    '',
    ...(topic === undefined ? [] : [`No group has the name ${shown(topic)}.`]),
    ...wrapped(`-h <group> explains the options of a group: ${topics}, or ${ALL}.`),
    '-V shows the version.',
    '',
    ...wrapped(
      'A flag wins over the environment, the environment over the file .env.local in the working directory, ' +
        'that over .env, and that over the default. In all three --max-depth is RELAY_MAX_DEPTH, and so on.',
    ),
  ];
}

/** An option in the list of all: its flags and its default, if that is more than nothing. */
function brief(optionsClass: OptionsClass<object>) {
  return (option: OptionDescription): string => {
    const { typed } = defaultOf(optionsClass, option);
    return [
      ...(option.short ? [`-${option.short}`] : []),
      `--${option.flag}`,
      ...(typed ? [typed] : []),
    ].join(' ');
  };
}

function explain(optionsClass: OptionsClass<object>, group: Group): string[] {
  return [
    `${group}, each with its default and its name in the environment:`,
    '',
    ...optionsIn(optionsClass, group).flatMap((option) => [
      headOf(optionsClass, option),
      ...wrapped(`${option.help} ${allowedSentence(option)}`, '      '),
    ]),
  ];
}

/** `-p, --port <number>  8080`, and the name in the environment at the end of the line. */
function headOf(optionsClass: OptionsClass<object>, option: OptionDescription): string {
  const { short, flag, type, environmentName } = option;
  const { explained } = defaultOf(optionsClass, option);
  const head = `  ${short ? `-${short}, ` : ''}--${flag} ${type.placeholder}  ${explained}`;
  return `${head} ${environmentName.padStart(WIDTH - head.length - 1)}`;
}

function optionsIn(optionsClass: OptionsClass<object>, wanted: Group): OptionDescription[] {
  return optionsOf(optionsClass).filter(({ group }) => group === wanted);
}

/** A heading, and beside it pieces that stay whole. */
function inColumn(heading: string, pieces: readonly string[]): string[] {
  // A space that does not break lines, for as long as they are made.
  const text = pieces.map((piece) => piece.replaceAll(' ', '\u00a0')).join(' ');
  const [first = '', ...rest] = wrapped(text, ' '.repeat(COLUMN)).map((line) =>
    line.replaceAll('\u00a0', ' '),
  );
  return [`  ${heading}`.padEnd(COLUMN) + first.trimStart(), ...rest];
}

function wrapped(text: string, indent = ''): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (indent.length + line.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => indent + line);
}
