/** The committed `.env` and the README's table say what the options class says; `npm run docs` rewrites both. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { projectRoot } from '../../harness/program.js';
import { expect, test } from 'vitest';
import {
  optionsAsEnvFile,
  optionsAsMarkdownTable,
  withOptionsTable,
} from '../../../src/config/documentation.js';
import { optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions } from '../../../src/config/relay-options.js';
import { optionsFrom } from './typed.js';

const projectFile = (name: string): string => join(projectRoot, name);

test('the committed .env lists every option with its default', async () => {
  await expect(optionsAsEnvFile()).toMatchFileSnapshot(projectFile('.env'));
});

test("the README's table lists every option with its default and range", async () => {
  const readme = readFileSync(projectFile('README.md'), 'utf8');
  await expect(withOptionsTable(readme)).toMatchFileSnapshot(projectFile('README.md'));
});

test('[C2] the committed .env changes nothing until a line is uncommented', async () => {
  const file = optionsAsEnvFile();
  expect(parseEnv(file)).toEqual({});
  const uncommented = file.replace(/^#(?=RELAY_)/gm, '');
  expect(Object.keys(parseEnv(uncommented))).toHaveLength(optionsOf(ProgramOptions).length);
  expect(await optionsFrom({ file: uncommented })).toEqual(new ProgramOptions());
});

test('a README without the markers is not touched in silence', () => {
  expect(() => withOptionsTable('# CarParty Relay\n')).toThrow('markers');
});

test('nothing in the table is taken for HTML', () => {
  expect(optionsAsMarkdownTable()).toContain('/j/\\<code>');
  expect(optionsAsMarkdownTable()).not.toMatch(/(?<!\\)</);
});
