/** The committed `.env` and docs/options.md say what the options class says; `npm run docs` rewrites both. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { projectRoot } from '../../harness/program.js';
import { expect, test } from 'vitest';
import { optionsAsEnvFile, optionsAsMarkdown, withOptions } from '../../../src/config/documentation.js';
import { optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions } from '../../../src/config/relay-options.js';
import { optionsFrom } from './typed.js';

const projectFile = (name: string): string => readFileSync(join(projectRoot, name), 'utf8');

/** The file as git has it, staged or committed: a person may have changed it here. Without git it is as it was unpacked. */
function fileInGit(name: string): string {
  const { status, stdout } = spawnSync('git', ['show', `:./${name}`], { cwd: projectRoot, encoding: 'utf8' });
  return status === 0 ? stdout : projectFile(name);
}

test('the committed .env lists every option with its default (npm run docs, then git add .env)', () => {
  expect(fileInGit('.env')).toBe(optionsAsEnvFile());
});

test('docs/options.md lists every option with its default and range (npm run docs)', () => {
  const page = projectFile('docs/options.md');
  expect(page).toBe(withOptions(page));
});

test('[C2] the committed .env changes nothing until a line is uncommented', async () => {
  const file = optionsAsEnvFile();
  expect(parseEnv(file)).toEqual({});
  const uncommented = file.replace(/^#(?=RELAY_)/gm, '');
  expect(Object.keys(parseEnv(uncommented))).toHaveLength(optionsOf(ProgramOptions).length);
  expect(await optionsFrom({ file: uncommented })).toEqual(new ProgramOptions());
});

test('a page without the markers is not touched in silence', () => {
  expect(() => withOptions('# Options\n')).toThrow('markers');
});

test('nothing in the tables is taken for HTML', () => {
  expect(optionsAsMarkdown()).toContain('/j/\\<code>');
  expect(optionsAsMarkdown()).not.toMatch(/(?<!\\)</);
});
