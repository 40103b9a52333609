import { expect, test } from 'vitest';
import { Town, end, request } from './town.js';

test('[A15] an address may have as many connections as its limit says, and no more', () => {
  const town = new Town({ maxConnectionsPerAddress: 3 });
  expect(town.connectMany('192.0.2.1', 3)).toBe(3);
  expect(town.connect('192.0.2.1')).toBe('too-many-connections-of-address');
  expect(town.connectMany('192.0.2.2', 4)).toBe(3);
});

test('[A15] a closed connection makes room for another', () => {
  const town = new Town({ maxConnectionsPerAddress: 3 });
  const first = town.connect('192.0.2.1');
  town.connectMany('192.0.2.1', 2);
  end(first);
  expect(town.connectMany('192.0.2.1', 2)).toBe(1);
});

test('[A15] all addresses of one IPv6 /64 count as one', () => {
  const town = new Town({ maxConnectionsPerAddress: 3 });
  const devices = [1, 2, 3, 4].map((device) => town.connect(`2001:db8:1:2::${device}`));
  expect(devices.map((device) => typeof device)).toEqual(['function', 'function', 'function', 'string']);
  expect(town.connectMany('2001:db8:1:3::1', 3)).toBe(3);
});

test('[A15] a refused connection does not count', () => {
  const town = new Town({ maxConnectionsPerAddress: 1 });
  const first = town.connect('192.0.2.1');
  expect(town.connectMany('192.0.2.1', 100)).toBe(0);
  end(first);
  expect(town.connectMany('192.0.2.1', 2)).toBe(1);
});

test('[A15] a connection that closed before it was counted does not count', () => {
  const town = new Town({ maxConnectionsPerAddress: 1 });
  const gone = request('192.0.2.1');
  Object.assign(gone.socket, { closed: true });
  for (let round = 0; round < 3; round++) expect(town.refusal(gone)).toBeUndefined();
  expect(town.connectMany('192.0.2.1', 2)).toBe(1);
});

test('[A16] an address may open a burst of connections, and then its rate a second', () => {
  const town = new Town({ newConnectionsPerSecond: 2 });
  expect(town.connectMany('192.0.2.1', 40)).toBe(30);
  expect(town.connect('192.0.2.1')).toBe('too-many-new-connections-of-address');
  expect(town.connectMany('192.0.2.2', 30)).toBe(30);
  town.wait(5);
  expect(town.connectMany('192.0.2.1', 40)).toBe(10);
  town.wait(3_600);
  expect(town.connectMany('192.0.2.1', 40)).toBe(30);
});

test('[A16] a closed connection still counts as opened', () => {
  const town = new Town({ newConnectionsPerSecond: 2 });
  for (let opened = 0; opened < 30; opened++) end(town.connect('192.0.2.1'));
  expect(town.connect('192.0.2.1')).toBe('too-many-new-connections-of-address');
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('[A24] %s has no limit', (address) => {
  const town = new Town({
    maxConnectionsPerAddress: 1,
    newConnectionsPerSecond: 1,
    failedLoginsPerMinute: 1,
    maxHostsPerAddress: 1,
    newHostsPerMinute: 1,
  });
  expect(town.connectMany(address, 50)).toBe(50);
  expect(town.guessMany(address, 50)).toBe(50);
  for (let hosts = 0; hosts < 50; hosts++) end(town.host(address));
  expect(town.limits.size).toBe(0);
});

test('a limit of 0 is off', () => {
  const town = new Town({});
  expect(town.connectMany('192.0.2.1', 5_000)).toBe(5_000);
  expect(town.guessMany('192.0.2.1', 5_000)).toBe(5_000);
  for (let hosts = 0; hosts < 500; hosts++)
    expect(town.host('192.0.2.1', `ROOM${hosts}`)).toBeTypeOf('function');
});
