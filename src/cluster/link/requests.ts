/** What nodes ask of the node that holds a code, at the subject of the code. Any process may have written it. */
import { LONGEST_ID } from '../../relay/protocol/login.js';
import type { Asked } from '../../relay/rooms/seat.js';
import type { SeatWish } from '../../relay/seats/player-seats.js';
import type { HostQuestion } from '../../relay/session/backbone.js';
import { isNodeName } from '../broker/names.js';
import { VERSION } from './frame.js';

/** A seat for a player of the asking node. */
export interface JoinRequest {
  readonly node: string;
  /** The number that the asking node knows the player by. */
  readonly ref: number;
  readonly wish: SeatWish;
}

const Kind = { Seat: 1, Owns: 2, Yield: 3, Probe: 4 } as const;
const QUESTIONS = { owns: Kind.Owns, yield: Kind.Yield, probe: Kind.Probe } as const;

/** Bytes of a text whose length has one byte: a relay has made no longer ones. */
const LONGEST_TEXT = 255;

/** Version, kind. */
const HEAD = 2;
/** The number of the player, and whether it has asked. */
const SEAT_HEAD = HEAD + 5;

/** The id is UTF-16, since it may hold half of a surrogate pair, which UTF-8 cannot say. */
export function joinRequest({ node, ref, wish: { clientId, asked } }: JoinRequest): Buffer {
  const head = Buffer.from([VERSION, Kind.Seat, 0, 0, 0, 0, asked === undefined ? 0 : 1]);
  head.writeUInt32LE(ref, HEAD);
  const texts = [node, asked?.key, asked?.stream].map(textBytes);
  return Buffer.concat([head, ...texts, Buffer.from(clientId, 'utf16le')]);
}

/** Undefined for bytes that {@link joinRequest} has not made for a player that may log in (L7). */
export function readJoinRequest(bytes: Buffer): JoinRequest | undefined {
  if (bytes.length < SEAT_HEAD || !isOf(bytes, Kind.Seat)) return undefined;
  const texts = readTexts(bytes, SEAT_HEAD, 3);
  const idLength = bytes.length - (texts?.end ?? bytes.length);
  if (texts === undefined || idLength < 2 || idLength > 2 * LONGEST_ID || idLength % 2 !== 0)
    return undefined;
  const [node = '', key, stream] = texts.all;
  const clientId = bytes.toString('utf16le', texts.end);
  if (!isNodeName(node) || Buffer.byteLength(clientId) > LONGEST_ID) return undefined;
  const asked: Asked | undefined = bytes[HEAD + 4] === 1 ? { key, stream } : undefined;
  return { node, ref: bytes.readUInt32LE(HEAD), wish: { clientId, asked } };
}

export function questionBytes(question: HostQuestion): Buffer {
  const key = question.kind === 'probe' ? undefined : question.key;
  const stream = question.kind === 'yield' ? question.stream : undefined;
  const head = Buffer.from([VERSION, QUESTIONS[question.kind]]);
  return Buffer.concat([head, textBytes(key), textBytes(stream)]);
}

/** Undefined for bytes that {@link questionBytes} has not made. */
export function readQuestion(bytes: Buffer): HostQuestion | undefined {
  const texts = readTexts(bytes, HEAD, 2);
  if (texts?.end !== bytes.length) return undefined;
  const [key, stream] = texts.all;
  if (isOf(bytes, Kind.Probe)) return { kind: 'probe' };
  if (key === undefined) return undefined;
  if (isOf(bytes, Kind.Owns)) return { kind: 'owns', key };
  return isOf(bytes, Kind.Yield) ? { kind: 'yield', key, stream } : undefined;
}

function isOf(bytes: Buffer, kind: number): boolean {
  return bytes[0] === VERSION && bytes[1] === kind;
}

function textBytes(text = ''): Buffer {
  const bytes = Buffer.from(text);
  const short = bytes.length > LONGEST_TEXT ? Buffer.alloc(0) : bytes;
  return Buffer.concat([Buffer.from([short.length]), short]);
}

/** As many texts from `at` on, of which an empty one is none; undefined if they are not all there. */
function readTexts(
  bytes: Buffer,
  at: number,
  count: number,
): { readonly all: (string | undefined)[]; readonly end: number } | undefined {
  const all: (string | undefined)[] = [];
  for (; all.length < count;) {
    const end = at + 1 + (bytes[at] ?? Infinity);
    if (end > bytes.length) return undefined;
    all.push(bytes.toString('utf8', at + 1, end) || undefined);
    at = end;
  }
  return { all, end: at };
}
