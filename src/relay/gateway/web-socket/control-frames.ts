/** Control frames as a server writes them (RFC 6455 section 5.5), and what may stand in those of a peer. */
import { isUtf8 } from 'node:buffer';

/** Opcodes of control frames (RFC 6455 section 11.8). */
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

/** The longest payload of a control frame, in bytes: its length is always in the second byte of its header. */
export const LONGEST_CONTROL = 125;

const FIN = 0x80;

const GOING_AWAY = 1001;

/** Bytes of a status in front of its reason. */
const STATUS = 2;

const NOTHING: Buffer = Buffer.alloc(0);

/** A frame with a payload of at most {@link LONGEST_CONTROL} bytes. */
export function controlFrame(opcode: typeof CLOSE | typeof PING | typeof PONG, payload = NOTHING): Buffer {
  const frame = Buffer.allocUnsafe(2 + payload.length);
  frame[0] = FIN | opcode;
  frame[1] = payload.length;
  frame.set(payload, 2);
  return frame;
}

/** The payload of a close frame with that status; without bytes if there is none. @param reason at most 123 bytes. */
export function closePayload(status: number | undefined, reason = ''): Buffer {
  if (status === undefined) return NOTHING;
  const payload = Buffer.alloc(STATUS + Buffer.byteLength(reason));
  payload.writeUInt16BE(status);
  payload.write(reason, STATUS);
  return payload;
}

/** Whether a close frame has the status of a page that is left or reloaded, or of a server that stops (RFC 6455 section 7.4.1). */
export function isGoingAway(payload: Buffer): boolean {
  return payload.length >= STATUS && payload.readUInt16BE() === GOING_AWAY;
}

/** Whether a peer may end a connection with that payload (RFC 6455 sections 5.5.1 and 7.4). */
export function isClosePayload(payload: Buffer): boolean {
  if (payload.length === 0) return true;
  return payload.length >= STATUS && isStatus(payload.readUInt16BE()) && isUtf8(payload.subarray(STATUS));
}

/** Whether a status may stand in a frame: 1004, 1005, 1006 and 1015 only have a meaning inside of a program. */
function isStatus(status: number): boolean {
  if (status >= 3000) return status <= 4999;
  return status >= 1000 && status <= 1014 && (status < 1004 || status > 1006);
}
