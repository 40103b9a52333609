/** Options from the files `.env.local` and `.env`: the names and rules of the environment. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readEnvironment } from './environment.js';
import { OptionError, shown } from './option-error.js';
import type { OptionDescription } from './option.decorator.js';
import type { TypedOptions } from './sources.js';

/** A person's own settings, which git ignores, win over the template that git tracks. */
const FILES = ['.env.local', '.env'];

/**
 * The options in the files of a folder, by file, the first of which counts; a missing file says nothing.
 *
 * @throws {OptionError} when a file cannot be read or understood, or holds an unknown `RELAY_` name.
 */
export function readEnvFiles(options: readonly OptionDescription[], folder: string): TypedOptions[] {
  return FILES.flatMap((name) => {
    const bytes = bytesOf(join(folder, name));
    return bytes ? [readEnvironment(options, variablesOf(name, bytes), ` in ${name}`)] : [];
  });
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
// the next name or leaves it out, which would hide a setting that a user believes in.
function variablesOf(name: string, bytes: Buffer): NodeJS.Dict<string> {
  const variables: NodeJS.Dict<string> = {};
  for (const line of textOf(name, bytes).split(/[\r\n]+/)) {
    const [, setting] = /^\s*(?:export\s+)?(RELAY_.*)$/.exec(line) ?? [];
    if (setting === undefined) continue;
    if (!/^\w+\s*=/.test(setting)) {
      throw new OptionError(`${name} has a line ${shown(line.trim())}: it must be RELAY_NAME=value`);
    }
    // With its end: Node 20.19.0 takes a comment behind a value for a part of it when nothing follows.
    Object.assign(variables, parseEnv(`${setting}\n`));
  }
  return variables;
}

function textOf(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OptionError(`${name} is not UTF-8 text: it must hold lines of RELAY_NAME=value`);
  }
}
