/** Options from the environment and from the file `.env`: the same names, the same rules. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { OptionError, shown } from './option-error.js';
import type { OptionDescription } from './option.decorator.js';
import { asVariable, removedOption } from './removed-options.js';
import { type TypedOption, type TypedOptions, unknownName } from './sources.js';

const FILE_NAME = '.env';
const PREFIX = 'RELAY_';

/**
 * The options among the variables of an environment. A variable that is set to nothing counts as not set.
 *
 * @throws {OptionError} for a name that begins with `RELAY_` and is no option: a typo must not pass in
 *   silence. Names that begin with `RELAY_TEST_` belong to the project's tests.
 */
export function readEnvironment(
  options: readonly OptionDescription[],
  environment: NodeJS.ProcessEnv,
  where = '',
): TypedOptions {
  const read = new Map<string, TypedOption>();
  const byName = new Map(options.map((option) => [option.environmentName, option]));
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX) || name.startsWith('RELAY_TEST_')) continue;
    const option = byName.get(name);
    if (!option) {
      const removed = removedOption(name, asVariable, where);
      if (removed && !text) continue;
      throw removed ?? unknownSetting(name, [...byName.keys()], where || ' in the environment');
    }
    if (text) read.set(option.property, { text, calledAs: name + where });
  }
  return read;
}

function unknownSetting(typed: string, known: readonly string[], where: string): OptionError {
  return unknownName('setting', { typed, prefix: PREFIX, known }, where);
}

/**
 * The options in the file `.env` of a folder; a missing file says nothing.
 *
 * @throws {OptionError} when the file cannot be read or understood, or holds an unknown `RELAY_` name.
 */
export function readEnvFile(options: readonly OptionDescription[], folder: string): TypedOptions {
  const bytes = bytesOf(join(folder, FILE_NAME));
  return bytes ? readEnvironment(options, variablesOf(bytes), ` in ${FILE_NAME}`) : new Map();
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    if (code === 'ENOENT') return undefined;
    throw new OptionError(`cannot read ${path} (${code}): it must be a readable file or be absent`);
  }
}

// Only our own lines, and each by itself: the parser of Node takes a line that it does not understand into
// the next name or leaves it out, which would hide a setting that somebody believes in.
function variablesOf(bytes: Buffer): NodeJS.Dict<string> {
  const variables: NodeJS.Dict<string> = {};
  for (const line of textOf(bytes).split(/[\r\n]+/)) {
    const [, setting] = /^\s*(?:export\s+)?(RELAY_.*)$/.exec(line) ?? [];
    if (setting === undefined) continue;
    if (!/^\w+\s*=/.test(setting)) {
      throw new OptionError(`${FILE_NAME} has a line ${shown(line.trim())}: it must be RELAY_NAME=value`);
    }
    // With its end: Node 20.19.0 takes a comment behind a value for a part of it when nothing follows.
    Object.assign(variables, parseEnv(`${setting}\n`));
  }
  return variables;
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OptionError(`${FILE_NAME} is not UTF-8 text: it must hold lines of RELAY_NAME=value`);
  }
}
