/** The same options for readers of files: the committed `.env` and docs/options.md. Never loaded by the relay. */
import { allowedSentence } from './help.js';
import { defaultOf, type Group, GROUPS, type OptionDescription, optionsOf } from './option.decorator.js';
import { ProgramOptions } from './relay-options.js';

const HEADER = `# The options of CarParty Relay, each with its default. This file is a template in git: copy the lines that you want to
# change into a file .env.local beside it, which git ignores, and remove their # there.
# A flag wins over the environment, the environment over .env.local, that over this file, this file over the default.
# Generated from src/config/ (npm run docs).
`;

/** The text of the file `.env`: every option, commented out, with its default. */
export function optionsAsEnvFile(): string {
  const groups = GROUPS.map((group) => {
    const entries = optionsIn(group).map((option) => {
      const { typed } = defaultOf(ProgramOptions, option);
      return `\n# ${option.help}\n# ${allowedSentence(option)}\n#${option.environmentName}=${typed}\n`;
    });
    return `\n# ---- ${group} ----\n${entries.join('')}`;
  });
  return HEADER + groups.join('');
}

/** The options as docs/options.md holds them: a heading and a table for each group, with prettier's padding. */
export function optionsAsMarkdown(): string {
  return GROUPS.map((group) => `## ${group}\n\n${tableOf(group)}`).join('\n\n');
}

function optionsIn(wanted: Group): OptionDescription[] {
  return optionsOf(ProgramOptions).filter(({ group }) => group === wanted);
}

function tableOf(group: Group): string {
  const rows = optionsIn(group).map((option) => [
    `${option.short ? `\`-${option.short}\`, ` : ''}\`--${option.flag}\``,
    `\`${option.environmentName}\``,
    defaultAsMarkdown(option),
    asMarkdown(option.type.allowed),
    asMarkdown(option.help),
  ]);
  const head = ['flag', 'environment', 'default', 'allowed', 'what it does'];
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], filler = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(' | ')} |`;
  const rule = line(
    head.map(() => ''),
    '-',
  );
  return [line(head), rule, ...rows.map((row) => line(row))].join('\n');
}

/** Text that Markdown shows as it is: `<code>` would be HTML, and `|` the end of a cell. */
function asMarkdown(text: string): string {
  return text.replace(/[|*<]/g, '\\$&');
}

function defaultAsMarkdown(option: OptionDescription): string {
  const { typed, explained } = defaultOf(ProgramOptions, option);
  return typed === '' ? explained : explained.replace(/^\S+/, '`$&`');
}

const BETWEEN_MARKERS = /(?<=<!-- options -->\n)[^]*(?=<!-- \/options -->)/;

/** A Markdown text with fresh tables between its markers `<!-- options -->` and `<!-- /options -->`. */
export function withOptions(markdown: string): string {
  if (!BETWEEN_MARKERS.test(markdown)) throw new Error('the markers <!-- options --> are missing');
  return markdown.replace(BETWEEN_MARKERS, () => `\n${optionsAsMarkdown()}\n\n`);
}
