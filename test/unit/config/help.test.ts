/** What `--help` and `--version` answer, and how little they need for it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../harness/program.js';
import { expect, test } from 'vitest';
import { topicOf } from '../../../src/config/help.js';
import { defaultOf, GROUPS, optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions } from '../../../src/config/relay-options.js';
import { read } from './typed.js';

async function answerTo(...args: string[]): Promise<string> {
  const commandLine = await read({ args });
  return commandLine.kind === 'run' ? 'the relay would start' : commandLine.text;
}

const flat = (text: string): string => text.replace(/\s+/g, ' ');

test('[C4] -h lists every option by groups, with its default', async () => {
  const help = flat(await answerTo('-h'));
  for (const option of optionsOf(ProgramOptions)) {
    const { typed } = defaultOf(ProgramOptions, option);
    expect(help).toContain(`--${option.flag} ${typed}`.trimEnd());
  }
  for (const group of GROUPS)
    expect(help).toContain(`${group} --`.replace('Listening --', 'Listening -p --'));
  expect(help).toContain('-V shows the version');
  expect(await answerTo('--help')).toBe(await answerTo('-h'));
});

test.each(GROUPS)(
  '[C4] -h explains the group %s: meaning, range, default and environment name',
  async (group) => {
    const help = await answerTo('-h', topicOf(group));
    for (const option of optionsOf(ProgramOptions).filter((one) => one.group === group)) {
      const { explained } = defaultOf(ProgramOptions, option);
      expect(flat(help)).toContain(
        `--${option.flag} ${option.type.placeholder} ${explained} ${option.environmentName}`,
      );
      expect(flat(help)).toContain(option.help);
      expect(flat(help).toLowerCase()).toContain(option.type.allowed.toLowerCase());
    }
    for (const other of optionsOf(ProgramOptions).filter((one) => one.group !== group))
      expect(help).not.toMatch(new RegExp(`${other.environmentName}\\b`));
  },
);

test('[C4] every answer fits into 80 columns and 50 lines, and the list of all into 40', async () => {
  for (const topic of ['', ...GROUPS.map(topicOf)]) {
    const lines = (await answerTo('-h', ...(topic ? [topic] : []))).split('\n');
    expect(lines.at(-1)).toBe('');
    expect(lines.filter((line) => line.length > 80 || line.endsWith(' '))).toEqual([]);
    expect(lines.length).toBeLessThanOrEqual(topic ? 51 : 40);
  }
});

test('[C4] -h all explains all groups, and -h with an unknown word lists the groups', async () => {
  const all = await answerTo('-h', 'all');
  for (const group of GROUPS) expect(all).toContain(await answerTo('-h', topicOf(group)));
  const unknown = await answerTo('--help', 'ports\u001b[2J');
  expect(unknown).toContain('No group has the name "ports\\u001b[2J".');
  for (const group of GROUPS) expect(unknown).toMatch(new RegExp(`\\b${topicOf(group)}\\b`));
});

test('[C4] --version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await answerTo('--version')).toBe(`${version}\n`);
  expect(await answerTo('-V')).toBe(`${version}\n`);
});

test('[C4] who asks for help gets it, whatever else is wrong', async () => {
  const help = await answerTo('-h');
  expect(await answerTo('--prot', '80', '--help')).toBe(help);
  expect(await answerTo('--port', 'abc', '-hV')).toBe(help);
  expect(await answerTo('--prot', '80', '-h', '--port')).toBe(help);
  expect(await read({ args: ['-h'], environment: { RELAY_X: '1' }, file: 'RELAY_PORT' })).toMatchObject({
    kind: 'help',
  });
});

test('[C4] --help loads neither Nest nor class-validator: only files of the relay and of Node', () => {
  const seen = new Set<string>();
  const packages = importsFrom(join(projectRoot, 'src/config/command-line.ts'), seen);
  expect(packages.filter((name) => !name.startsWith('node:'))).toEqual([]);
  expect(seen.size).toBeGreaterThan(5);
});

// All packages that a source file loads at once; types leave no trace in the built file.
function importsFrom(file: string, seen: Set<string>): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const found = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm);
  return [...found].flatMap(([, from = '']) => {
    if (from.endsWith('.built.js')) return [];
    return from.startsWith('.')
      ? importsFrom(join(dirname(file), from.replace(/\.js$/, '.ts')), seen)
      : [from];
  });
}
