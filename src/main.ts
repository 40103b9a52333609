#!/usr/bin/env node
/** The program: options, Nest, listen. A wrong option is answered before Nest is even loaded. */
import { readCommandLine } from './config/command-line.js';
import { OptionError } from './config/option-error.js';

try {
  const commandLine = await readCommandLine();
  if (commandLine.kind === 'run') {
    const { runProgram } = await import('./program/program.js');
    await runProgram(commandLine.options);
  } else {
    process.stdout.write(commandLine.text);
  }
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  process.stderr.write(`carparty-relay: ${error.message}\n`);
  process.exitCode = OptionError.exitStatus;
}
