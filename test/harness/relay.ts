// The relay of a test file: a process, or two nodes of which one has the hosts and the other everybody else.
import { afterAll, afterEach, beforeAll } from 'vitest';
import { NodesApart } from './nodes-apart.js';
import { Relay } from './one-relay.js';

export * from './one-relay.js';

/** The relays without their own flags. One costs more to start than most tests, so the files of a worker share it. */
const shared = new Map<boolean, Relay>();

/** The relay of a test file; `args` are added to its flags. It runs before the tests and is well behind them. */
export function useRelay(...args: string[]): Relay {
  // Set by the vitest project in which host and players are on different nodes (B2).
  const isApart = process.env['RELAY_TEST_NODES_APART'] !== undefined;
  const isShared = args.length === 0;
  const relay =
    (isShared ? shared.get(isApart) : undefined) ?? (isApart ? new NodesApart(args) : new Relay(args));
  if (isShared) shared.set(isApart, relay);
  beforeAll(() => (isShared ? startShared(relay) : relay.start()));
  afterEach(() => relay.sweep());
  afterAll(() => (isShared ? relay.expectNoError() : relay.stop()));
  return relay;
}

async function startShared(relay: Relay): Promise<void> {
  if (!relay.isRunning) await relay.start();
}
