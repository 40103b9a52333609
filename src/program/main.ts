/** The program: options, Nest, listen. A wrong option is answered before Nest is even loaded. */
import { setFlagsFromString } from 'node:v8';
import { readCommandLine } from '../config/command-line.js';
import { complaintAbout } from '../config/node-version.js';
import { OptionError } from '../config/option-error.js';
import { sizeYoungGeneration } from './young-generation.js';

sizeYoungGeneration();

// Nothing that happens before it listens happens twice: to optimise it would cost a fifth of the start.
setFlagsFromString('--no-opt');

try {
  const complaint = complaintAbout(process.versions.node);
  if (complaint !== undefined) throw new OptionError(complaint);
  const commandLine = await readCommandLine();
  if (commandLine.kind === 'run') {
    // Decorators need it, and a bundle does not keep the order of its chunks.
    await import('reflect-metadata');
    // First and alone: all modules at once are more files than some systems let a program have open (A14).
    await import('@nestjs/core');
    const { runProgram } = await import('./program.js');
    await runProgram(commandLine.options);
    setFlagsFromString('--opt');
  } else {
    process.stdout.write(commandLine.text);
  }
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  process.stderr.write(`carparty-relay: ${error.message}\n`);
  process.exitCode = OptionError.exitStatus;
  // A worker would wait for its parent for ever.
  if (process.connected) process.exit();
}
