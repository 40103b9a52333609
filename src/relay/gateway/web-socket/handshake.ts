/** The server's part of the opening handshake (RFC 6455 section 4.2). */
import { hash } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';

/** A request that is not a valid handshake, and what its peer reads of it. */
export interface HandshakeRefusal {
  readonly status: 400 | 405;
  readonly reason: string;
  /** Further lines of the header, each with its end. */
  readonly header: string;
}

/** What every server appends to the key (RFC 6455 section 1.3). */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** 16 bytes in base64 (RFC 6455 section 4.1). */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** 8 is the draft that browsers spoke before the RFC: its frames are the same. */
const VERSIONS = ['13', '8'];

/** A name of a subprotocol (RFC 6455 section 4.1: a token of HTTP). */
const TOKEN = /^[!#$%&'*+\-.^_`|~\w]+$/;

/** What is wrong with the request; undefined if it is a handshake. Extensions are not looked at: none is selected. */
export function refusalOf({ method, headers }: IncomingMessage): HandshakeRefusal | undefined {
  if (method !== 'GET') return refused('Invalid HTTP method', 405);
  if (headers.upgrade?.toLowerCase() !== 'websocket') return refused('Invalid Upgrade header');
  if (!KEY.test(headers['sec-websocket-key'] ?? ''))
    return refused('Missing or invalid Sec-WebSocket-Key header');
  if (!VERSIONS.includes(headers['sec-websocket-version'] ?? '')) {
    const header = `Sec-WebSocket-Version: ${VERSIONS.join(', ')}\r\n`;
    return { ...refused('Missing or invalid Sec-WebSocket-Version header'), header };
  }
  const offered = headers['sec-websocket-protocol'];
  if (offered !== undefined && !areProtocols(namesIn(offered)))
    return refused('Invalid Sec-WebSocket-Protocol header');
  return undefined;
}

/**
 * The response to a request of which {@link refusalOf} finds nothing wrong. It selects the first of the subprotocols that are offered, since many clients hang up if
 * none of them is selected (L15).
 */
export function responseTo({ headers }: IncomingMessage): string {
  const accept = hash('sha1', `${headers['sec-websocket-key']}${GUID}`, 'base64');
  const offered = headers['sec-websocket-protocol'];
  const protocol = offered === undefined ? '' : `Sec-WebSocket-Protocol: ${namesIn(offered)[0]}\r\n`;
  return (
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\n${protocol}\r\n`
  );
}

/** An HTTP response that ends its connection. `header` is further lines of the header, each with its end. */
export function closingResponse(status: number, reason = '', header = ''): string {
  const type = reason === '' ? '' : 'Content-Type: text/plain\r\n';
  const length = Buffer.byteLength(reason);
  return (
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
    `${type}${header}Content-Length: ${length}\r\n\r\n${reason}`
  );
}

function refused(reason: string, status: HandshakeRefusal['status'] = 400): HandshakeRefusal {
  return { status, reason, header: '' };
}

function namesIn(offered: string): string[] {
  return offered.split(',').map((name) => name.trim());
}

/** Each is a token, and offered once (RFC 6455 section 4.1). */
function areProtocols(names: readonly string[]): boolean {
  return names.every((name) => TOKEN.test(name)) && new Set(names).size === names.length;
}
