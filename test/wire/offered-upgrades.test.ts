// Rule C9 for the program: a client that would rather speak HTTP/2 is answered in HTTP/1.1.
import { expect, test } from 'vitest';
import { useRelay } from '../harness/relay.js';

const relay = useRelay();

test('[C9] a request that offers h2c gets its ordinary answer from the program', async () => {
  const peer = await relay.rawConnect();
  // As curl --http2 and the HttpClient of Java send it.
  const offers = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'];
  peer.write(`GET /healthz HTTP/1.1\r\nHost: relay.example\r\n${offers.join('\r\n')}\r\n\r\n`);
  expect(await peer.head()).toContain('200 OK');
});
