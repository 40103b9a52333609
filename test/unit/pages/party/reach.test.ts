// By which address phones find a computer.
import { expect, test } from 'vitest';
import { joinUrl } from '../../../../pages/party/screen/join-url.js';
import { type Interfaces, reachOf } from '../../../../src/party-page/reachability.js';

const at = (address: string, family = 'IPv4', internal = false): Interfaces[string] => [
  { address, family, internal },
];
const laptop: Interfaces = {
  lo: at('127.0.0.1', 'IPv4', true),
  docker0: at('172.17.0.1'),
  tailscale0: at('100.101.102.103'),
  eth0: at('203.0.113.9'),
  wlan0: at('192.168.1.5'),
  wlan1: at('fe80::1', 'IPv6'),
};

test('only this computer can reach a relay that listens on loopback', () => {
  for (const ip of ['127.0.0.1', '127.0.0.2', '::1']) {
    expect(reachOf(ip, laptop)).toEqual({ isLoopbackOnly: true, addresses: [] });
  }
});

test('on all interfaces, the address of the home network comes first and that of containers last', () => {
  for (const ip of ['0.0.0.0', '::']) {
    expect(reachOf(ip, laptop).addresses).toEqual([
      '192.168.1.5',
      '203.0.113.9',
      '172.17.0.1',
      '100.101.102.103',
    ]);
  }
  expect(reachOf('0.0.0.0', {}).addresses).toEqual([]);
});

test('an address that the operator chose is the one that is shown', () => {
  expect(reachOf('192.168.1.5', {})).toEqual({ isLoopbackOnly: false, addresses: ['192.168.1.5'] });
});

const reach = { address: '192.168.1.5', isLoopbackOnly: false };
const urls: [page: string, reach: { address: string; isLoopbackOnly: boolean }, url: string | undefined][] = [
  ['http://localhost:8080/', reach, 'http://192.168.1.5:8080/party/SN%20K'],
  ['http://127.0.0.1:8080/api/', reach, 'http://192.168.1.5:8080/api/party/SN%20K'],
  ['http://[::1]:8080/', { ...reach, address: 'fd00::5' }, 'http://[fd00::5]:8080/party/SN%20K'],
  ['https://game.example/', { address: '', isLoopbackOnly: true }, 'https://game.example/party/SN%20K'],
  ['http://localhost:8080/', { address: '', isLoopbackOnly: true }, undefined],
];
test.each(urls)('a screen at %s sends phones to the right address', (page, known, url) => {
  expect(joinUrl(new URL(page), 'SN K', known)?.href).toBe(url);
});
