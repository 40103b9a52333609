// Who has not logged in, oldest first.
import { expect, test } from 'vitest';
import { PendingLogins } from '../../../../../src/relay/gateway/login/pending-logins.js';
import type { SocketConnection } from '../../../../../src/relay/gateway/connection/socket-connection.js';

/** Connections that write down who of them was ended, and how. */
class Strangers {
  readonly ended: string[] = [];

  stranger(name: string): SocketConnection {
    const end = (ending: string): void => void this.ended.push(`${name} ${ending}`);
    return { end } as unknown as SocketConnection;
  }
}

test('[A5] the newest connection ends the oldest', () => {
  const strangers = new Strangers();
  const pending = new PendingLogins(2);
  for (const name of ['first', 'second', 'third', 'fourth']) pending.add(strangers.stranger(name));
  expect(strangers.ended).toEqual(['first too-many-pending', 'second too-many-pending']);
});

test('[A5] a connection that has logged in, or has gone, does not count and is not ended', () => {
  const strangers = new Strangers();
  const pending = new PendingLogins(2);
  const first = strangers.stranger('first');
  pending.add(first);
  pending.delete(first);
  pending.delete(first);
  for (const name of ['second', 'third']) pending.add(strangers.stranger(name));
  expect(strangers.ended).toEqual([]);
  pending.add(strangers.stranger('fourth'));
  expect(strangers.ended).toEqual(['second too-many-pending']);
});

test('[A26] with a limit of 0 no connection is ended', () => {
  const strangers = new Strangers();
  const pending = new PendingLogins(0);
  for (let n = 0; n < 10_000; n++) pending.add(strangers.stranger(String(n)));
  expect(strangers.ended).toEqual([]);
});
