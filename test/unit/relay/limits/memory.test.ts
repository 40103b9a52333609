import { expect, test } from 'vitest';
import { MOST_IDLE_ACCOUNTS } from '../../../../src/relay/limits/address-book.js';
import { Town, end } from './town.js';

/** As many addresses as there may be, each in its own /64. */
function address(at: number): string {
  return `2001:db8:${(at >> 16).toString(16)}:${(at & 0xffff).toString(16)}::1`;
}

test('[A16] a hundred thousand addresses that come and go take bounded memory', () => {
  const town = new Town({ newConnectionsPerSecond: 20, failedLoginsPerMinute: 60 });
  let most = 0;
  for (let at = 0; at < 100_000; at++) {
    const connection = town.connect(address(at));
    town.guess(address(at), 'SNEK');
    end(connection);
    most = Math.max(most, town.limits.size);
  }
  expect(most).toBeLessThanOrEqual(MOST_IDLE_ACCOUNTS);
});

test('[A15] the relay never forgets an address with a connection, however many others come', () => {
  const town = new Town({
    maxConnectionsPerAddress: 1,
    newConnectionsPerSecond: 20,
  });
  const first = town.connect('192.0.2.1');
  for (let at = 0; at < MOST_IDLE_ACCOUNTS + 10; at++) end(town.connect(address(at)));
  expect(town.connect('192.0.2.1')).toBe('too-many-connections-of-address');
  end(first);
  expect(town.connect('192.0.2.1')).toBeTypeOf('function');
});

test('[A15] after a day of everything the counters hold only what is open', () => {
  const town = new Town({ maxConnectionsPerAddress: 100, maxHostsPerAddress: 10 });
  for (let hour = 0; hour < 24; hour++) {
    const ends = Array.from({ length: 500 }, (_, at) => {
      const connection = town.connect(address(at % 20));
      return [connection, at % 5 ? town.player(address(at % 20)) : town.host(address(at % 20), `ROOM${at}`)];
    });
    // The TCP connection may be gone before its session is, and the other way round.
    for (const [at, pair] of ends.entries())
      for (const one of at % 2 ? pair : pair.reverse()) {
        if (typeof one !== 'string') one();
      }
    town.wait(3_600);
  }
  expect(town.limits.size).toBe(20);
  for (let at = 0; at < 20; at++) {
    expect(town.connectMany(address(at), 101)).toBe(100);
    expect(town.limits.refuseHost(address(at), 'SNEK')).toBeUndefined();
  }
});
