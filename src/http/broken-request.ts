/** Bytes on a connection that are not a request, or not a whole one. */
import type { Ending } from '../relay/rooms/endings.js';
import type { HttpPeer } from './http-peer.js';

/** What Node tells of it. */
export interface RequestError extends Error {
  readonly code?: string;
  /** What it was reading. */
  readonly rawPacket?: Buffer;
}

/** The first two bytes of a TLS hello: a handshake, of any version. */
const TLS = [0x16, 0x03];

/** As Node itself would answer. */
const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** The peer has said nothing wrong, and is gone or has not said the rest. */
const UNFINISHED = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_HTTP_REQUEST_TIMEOUT'];

export function answerTo({ code = '' }: RequestError): string {
  return `HTTP/1.1 ${STATUS[code] ?? '400 Bad Request'}\r\nConnection: close\r\n\r\n`;
}

/** Undefined for a connection that has not begun a request: a browser opens connections in store, and a balancer looks. */
export function endingOf(peer: HttpPeer, { code = '', rawPacket }: RequestError): Ending | undefined {
  if (code === 'HPE_INVALID_EOF_STATE') return 'broken-off';
  if (UNFINISHED.includes(code)) return peer.isMidRequest ? 'broken-off' : undefined;
  return TLS.every((byte, at) => rawPacket?.[at] === byte) ? 'speaks-tls' : 'bad-request';
}
