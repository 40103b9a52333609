import { expect, test, vi } from 'vitest';
import { validateOptions } from '../../../../src/config/validate-options.js';
import { AddressLimits } from '../../../../src/relay/limits/address-limits.js';
import { SessionEvents } from '../../../../src/relay/session/session-events.js';

const DAY = 86_400_000;

test.each([DAY, -DAY])('[A28] a clock that is set by %i ms gives an address no tokens back', (jump) => {
  const options = validateOptions({ failedLoginsPerMinute: 1 });
  const limits = new AddressLimits(options, new SessionEvents());
  for (let guess = 0; guess < 10; guess++) limits.ask('192.0.2.1', [`GUESS${guess}`]).settle(true);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + jump });
  try {
    expect(limits.ask('192.0.2.1', ['SNEK']).wait).toBeGreaterThan(0);
  } finally {
    vi.useRealTimers();
  }
});
