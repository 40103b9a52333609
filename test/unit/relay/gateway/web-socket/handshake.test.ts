// The opening handshake as plain values.
import { IncomingMessage, type IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import {
  closingResponse,
  refusalOf,
  responseTo,
} from '../../../../../src/relay/gateway/web-socket/handshake.js';

/** The example of RFC 6455 section 1.3, with other headers. */
function request(headers: IncomingHttpHeaders = {}, method = 'GET'): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.method = method;
  message.headers = {
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
    ...headers,
  };
  return message;
}

test('[W3] the response to the example of RFC 6455 is the one that it names', () => {
  expect(refusalOf(request())).toBeUndefined();
  expect(responseTo(request())).toBe(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
  );
});

test('[L15] the first subprotocol is selected, without the space around it', () => {
  const offer = request({ 'sec-websocket-protocol': ' v2.game ,v1.game' });
  expect(refusalOf(offer)).toBeUndefined();
  expect(responseTo(offer)).toContain('\r\nSec-WebSocket-Protocol: v2.game\r\n');
});

const refused: [string, IncomingMessage, number, string][] = [
  ['another method', request({}, 'PUT'), 405, 'Invalid HTTP method'],
  ['another protocol', request({ upgrade: 'websocket/13' }), 400, 'Invalid Upgrade header'],
  ['no key', request({ 'sec-websocket-key': undefined }), 400, 'Missing or invalid Sec-WebSocket-Key header'],
  [
    'a key of 18 bytes',
    request({ 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAAAA' }),
    400,
    'Missing or invalid Sec-WebSocket-Key header',
  ],
  [
    'a subprotocol that is no token',
    request({ 'sec-websocket-protocol': 'a, b c' }),
    400,
    'Invalid Sec-WebSocket-Protocol header',
  ],
];
test.each(refused)('[W1] %s is refused, and the peer reads why', (_, message, status, reason) => {
  expect(refusalOf(message)).toEqual({ status, reason, header: '' });
});

test.each([undefined, '', '12', '013', '13, 13'])(
  '[W2] the version %s is refused by the versions that the relay speaks',
  (version) => {
    expect(refusalOf(request({ 'sec-websocket-version': version }))).toEqual({
      status: 400,
      reason: 'Missing or invalid Sec-WebSocket-Version header',
      header: 'Sec-WebSocket-Version: 13, 8\r\n',
    });
  },
);

test('[W1] a refusal is a whole HTTP response that ends its connection', () => {
  expect(closingResponse(429)).toBe(
    'HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  );
  expect(closingResponse(400, 'é', 'A: b\r\n')).toBe(
    'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nA: b\r\nContent-Length: 2\r\n\r\né',
  );
});
