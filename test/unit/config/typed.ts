/** Starts the reading of options as the program does, with arguments, environment and `.env` of a test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandLine, readCommandLine } from '../../../src/config/command-line.js';
import { OptionError } from '../../../src/config/option-error.js';
import type { ProgramOptions } from '../../../src/config/relay-options.js';

/** What a user typed, and where. */
export interface Typed {
  readonly args?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** The content of `.env`; there is none without it. */
  readonly file?: string | Buffer;
  /** The content of `.env.local`. */
  readonly localFile?: string;
}

/** Reads in a folder that lives as long as the reading. */
export async function read({ args = [], environment = {}, file, localFile }: Typed): Promise<CommandLine> {
  const folder = mkdtempSync(join(tmpdir(), 'carparty-options-'));
  try {
    if (file !== undefined) writeFileSync(join(folder, '.env'), file);
    if (localFile !== undefined) writeFileSync(join(folder, '.env.local'), localFile);
    return await readCommandLine(args, environment, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The options that the relay would start with. */
export async function optionsFrom(typed: Typed): Promise<ProgramOptions> {
  const commandLine = await read(typed);
  if (commandLine.kind !== 'run') throw new Error(`the program would only answer: ${commandLine.text}`);
  return commandLine.options;
}

/** The one line that the program would print instead of starting. */
export async function complaintAbout(typed: Typed): Promise<string> {
  return complaintOf(() => optionsFrom(typed));
}

/** The message of the OptionError that an action must end with. */
export async function complaintOf(action: () => unknown): Promise<string> {
  try {
    await action();
  } catch (error) {
    if (error instanceof OptionError) return error.message;
    throw error;
  }
  throw new Error('there was no complaint');
}
