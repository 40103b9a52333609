// Rules W1 to W4, on the wire: which upgrade requests are handshakes.
import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { within } from '../../harness/deadline.js';
import { upgradeRequest } from '../../harness/raw-peer.js';
import { useRelay } from '../../harness/relay.js';

const relay = useRelay();

/** The answer to a request, its header names in small letters; the relay must end the connection if it refuses. */
async function answerTo(request: string): Promise<string> {
  const peer = await relay.rawConnect();
  peer.write(request);
  const head = await peer.head();
  if (!head.startsWith('HTTP/1.1 101 ')) await within(peer.ended, 'the end of a refused connection');
  return head.replace(/^[\w-]+:/gm, (name) => name.toLowerCase());
}

/** The request with another header line in place of one; without it if there is none. */
function having(header: string, line = ''): string {
  const replaced = line === '' ? '' : `${line}\r\n`;
  return upgradeRequest().replace(new RegExp(`^${header}:.*\r\n`, 'm'), replaced);
}

const KEY = 'Sec-WebSocket-Key';

const noHandshakes: [string, string, number][] = [
  ['for WebSockets and something else', having('Upgrade', 'Upgrade: websocket, h2c'), 400],
  ['without a key', having(KEY), 400],
  ['with two keys', having(KEY, `${KEY}: dGhlIHNhbXBsZSBub25jZQ==\r\n${KEY}: dGhlIHNhbXBsZSBub25jZQ==`), 400],
  ['with a key of 15 bytes', having(KEY, `${KEY}: ${randomBytes(15).toString('base64')}`), 400],
  ['with a key of 17 bytes', having(KEY, `${KEY}: ${randomBytes(17).toString('base64')}`), 400],
  ['with a key that is not base64', having(KEY, `${KEY}: dGhlIHNhbXBsZSBub25j!Q==`), 400],
  ['by POST', upgradeRequest().replace('GET', 'POST'), 405],
  ['by HEAD', upgradeRequest().replace('GET', 'HEAD'), 405],
];
test.each(noHandshakes)('[W1] an upgrade request %s is refused', async (_, request, status) => {
  const head = await answerTo(request);
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head).toContain('connection: close');
});

test('[W1] a request that does not ask for an upgrade is answered as any other', async () => {
  const peer = await relay.rawConnect();
  peer.write(having('Connection').replace('GET / ', 'GET /healthz '));
  expect(await peer.head()).toMatch(/^HTTP\/1\.1 200 /);
});

test.each(['7', '14', '130', '13, 8', 'thirteen', ''])(
  '[W2] a handshake of version "%s" learns which versions the relay speaks',
  async (version) => {
    const head = await answerTo(having('Sec-WebSocket-Version', `Sec-WebSocket-Version: ${version}`));
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head).toContain('sec-websocket-version: 13, 8');
  },
);

test.each(['13', '8'])('[W2] the relay speaks version %s', async (version) => {
  const head = await answerTo(having('Sec-WebSocket-Version', `Sec-WebSocket-Version: ${version}`));
  expect(head).toMatch(/^HTTP\/1\.1 101 /);
  expect(head).not.toContain('sec-websocket-version');
});

test('[W3] the response proves that the relay has read the key', async () => {
  for (let n = 0; n < 20; n++) {
    const key = randomBytes(16).toString('base64');
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const head = await answerTo(having(KEY, `${KEY}: ${key}`));
    expect(head.split('\r\n')).toContain(`sec-websocket-accept: ${accept}`);
  }
});

test.each(['', ',', 'a,', 'a,,b', 'a, a', 'a b', 'a/b', 'a, b, a', '"a"', 'é'])(
  '[W4] an offer of the subprotocols "%s" is refused',
  async (offer) => {
    const head = await answerTo(upgradeRequest('/', [`Sec-WebSocket-Protocol: ${offer}`]));
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
  },
);
