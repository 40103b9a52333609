/** An operator's order as it crosses from node to node. */
import { LONGEST_CODE, LONGEST_ID } from '../relay/protocol/login.js';
import type { Order } from '../relay/rooms/order.js';

/** Of this format; nodes of one relay may be of different versions for a while. */
const VERSION = 1;

const KINDS: readonly Order['kind'][] = ['close-room', 'end-player'];

/** Version, kind, and the length of the code. Texts are UTF-16, since they may hold half of a surrogate pair. */
const HEAD = 4;

export function orderBytes(order: Order): Buffer {
  const code = Buffer.from(order.serverCode, 'utf16le');
  const id = Buffer.from(order.kind === 'end-player' ? order.clientId : '', 'utf16le');
  const head = Buffer.from([VERSION, KINDS.indexOf(order.kind), 0, 0]);
  head.writeUInt16LE(code.length, 2);
  return Buffer.concat([head, code, id]);
}

/** Undefined for all that {@link orderBytes} does not make: anybody may have sent the bytes. */
export function readOrder(bytes: Buffer): Order | undefined {
  if (bytes.length < HEAD || bytes[0] !== VERSION) return undefined;
  const kind = KINDS[bytes.readUInt8(1)];
  const end = HEAD + bytes.readUInt16LE(2);
  const serverCode = textOf(bytes.subarray(HEAD, end), end - HEAD, LONGEST_CODE);
  if (kind === undefined || serverCode === undefined) return undefined;
  const rest = bytes.subarray(end);
  if (kind === 'close-room') return rest.length === 0 ? { kind, serverCode } : undefined;
  const clientId = textOf(rest, rest.length, LONGEST_ID);
  return clientId === undefined ? undefined : { kind, serverCode, clientId };
}

/** The text in the bytes, if there are `length` of them and it is one that a login may have (L7). */
function textOf(bytes: Buffer, length: number, longest: number): string | undefined {
  if (bytes.length !== length || length === 0 || length % 2 !== 0) return undefined;
  const text = bytes.toString('utf16le');
  return Buffer.byteLength(text) <= longest ? text : undefined;
}
