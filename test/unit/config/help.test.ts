/** What `--help` and `--version` answer, and how little they need for it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../harness/program.js';
import { expect, test } from 'vitest';
import { optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions } from '../../../src/config/relay-options.js';
import { read } from './typed.js';

async function answerTo(...args: string[]): Promise<string> {
  const commandLine = await read({ args });
  return commandLine.kind === 'run' ? 'the relay would start' : commandLine.text;
}

test('[C4] --help lists every option with flag, default, range and environment name', async () => {
  const help = (await answerTo('--help')).replace(/\s+/g, ' ');
  for (const { flag, environmentName, help: sentence, type } of optionsOf(ProgramOptions)) {
    expect(help).toContain(`--${flag} `);
    expect(help).toContain(`[${environmentName}]`);
    expect(help).toContain(sentence);
    expect(help.toLowerCase()).toContain(type.allowed.toLowerCase());
  }
  expect(help).toContain('-p, --port <number> The TCP port to listen on.');
  expect(help).toContain('(0: chosen by the system). Default: 8080. [RELAY_PORT]');
  expect(help).toContain('Default: 1048576 (1 MiB). [RELAY_MAX_MESSAGE_SIZE]');
  expect(help).toContain('Default: none. [RELAY_CONTROLLER_URL]');
  expect(help).toContain('Default: none. [RELAY_TRUST_PROXY]');
  expect(help).not.toMatch(/Default: *[.(]/);
  expect(help).toContain('-h, --help');
  expect(help).toContain('-V, --version');
});

test('[C4] the help fits into 80 columns and its descriptions stand in one column', async () => {
  const lines = (await answerTo('-h')).split('\n');
  expect(lines.at(-1)).toBe('');
  expect(lines.filter((line) => line.length > 80 || line.endsWith(' '))).toEqual([]);
  const list = lines.slice(4, lines.indexOf('', 5));
  expect(list.length).toBeGreaterThan(optionsOf(ProgramOptions).length);
  for (const line of list) expect(line).toMatch(/^ {2}(?:-\w, | {4})--[\w-]+ <\w+>$|^.{26} {2}\S/);
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
  expect(await read({ args: ['-h'], environment: { RELAY_X: '1' }, file: 'RELAY_PORT' })).toMatchObject({
    kind: 'help',
  });
});

test('[C4] --help loads neither Nest nor class-validator: only files of its own and of Node', () => {
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
