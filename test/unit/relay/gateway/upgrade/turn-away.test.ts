// How a peer is let go that was refused, on streams that a test makes up.
import { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { letGo } from '../../../../../src/relay/gateway/upgrade/turn-away.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A peer's side; `takes` tells whether anything that is written ever leaves. */
function stream(takes: boolean): Duplex {
  return new Duplex({
    allowHalfOpen: true,
    read: () => undefined,
    write: (_chunk, _encoding, done) => (takes ? done() : undefined),
  });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('[E13] a client that does not read its refusal is cut off after five seconds', async () => {
  const deaf = stream(false);
  deaf.end('HTTP/1.1 429 Too Many Requests\r\n\r\n');
  letGo(deaf);
  vi.advanceTimersByTime(4_900);
  await turn();
  expect(deaf.destroyed).toBe(false);
  vi.advanceTimersByTime(200);
  await turn();
  expect(deaf.destroyed).toBe(true);
});

test('[E13] a client that reads its refusal is closed at once, though it does not end its side, and no timer is left', async () => {
  const polite = stream(true);
  polite.end('HTTP/1.1 429 Too Many Requests\r\n\r\n');
  letGo(polite);
  await turn();
  expect(polite.destroyed).toBe(true);
  await turn();
  expect(vi.getTimerCount()).toBe(0);
});

test('[E13] a reset meanwhile ends nothing else', async () => {
  const reset = stream(false);
  letGo(reset);
  reset.emit('error', new Error('ECONNRESET'));
  await turn();
  expect(reset.destroyed).toBe(true);
});
