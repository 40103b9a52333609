// Which nats-server the tests use, and whether they use one at all.
import { describe, test } from 'vitest';
import { findProgram } from '../setup/debian-program.mjs';

const isSkipped = process.env['RELAY_TEST_SKIP_NATS'] === '1';
if (isSkipped) console.warn('RELAY_TEST_SKIP_NATS=1: tests that need nats-server are left out.');

/** A `test` that needs nats-server: left out, and said so, when `RELAY_TEST_SKIP_NATS` is 1. */
export const natsTest = test.skipIf(isSkipped);

/** A `describe` whose tests need nats-server; hooks that start one belong inside. */
export const describeNats = describe.skipIf(isSkipped);

/** The path of the program. Throws one line that says what to install when there is none. */
export function natsServerProgram(): string {
  const found = findProgram('nats-server', 'NATS_SERVER_BIN');
  if (found !== undefined) return found;
  const named = process.env['NATS_SERVER_BIN'];
  throw new Error(
    named
      ? `NATS_SERVER_BIN names no program: ${named}`
      : 'There is no nats-server: node test/setup/nats-server.mjs gets one, or apt-get install nats-server.',
  );
}
