/** What the relay itself says to those who have asked, and orders of hosts, which begin in the same way (R3, R4, R6). */
import type { Message } from './message.js';
import { TextMessage } from './text-message.js';

/** The member of a login by which a peer asks, and the first one of all that the relay says itself. */
export const RELAY = '$relay';

const ORDER = Buffer.from(`{"${RELAY}":"`);

/** To a host: in a binary frame, as nothing else comes to it. */
class BinaryMessage extends TextMessage {
  override readonly isBinary = true;
}

export interface Granted {
  readonly stream?: string | undefined;
  readonly resumed: boolean;
  /** Messages of the peer that were taken in the stream. */
  readonly got: number;
  /** Seconds. */
  readonly grace: number;
}

export interface GrantedToHost extends Granted {
  readonly server_code: string;
  /** Seconds. */
  readonly hold: number;
  readonly unique: boolean;
}

export function hostWelcome({ server_code, ...granted }: GrantedToHost): Message {
  return toHost({ [RELAY]: 'welcome', server_code, ...granted });
}

/** @param isHostAway whether the player waits for it. */
export function playerWelcome(granted: Granted, isHostAway: boolean): Message {
  return toPlayer({ [RELAY]: 'welcome', ...granted, ...(isHostAway && { host: 'away' }) });
}

export function playerAway(clientId: string): Message {
  return toHost({ [RELAY]: 'away', client_id: clientId });
}

export function playerBack(clientId: string, resumed: boolean): Message {
  return toHost({ [RELAY]: 'back', client_id: clientId, resumed });
}

export const HOST_AWAY: Message = toPlayer({ [RELAY]: 'away' });

export function hostBack(resumed: boolean): Message {
  return toPlayer({ [RELAY]: 'back', resumed });
}

/** Whether a text message of a host who has asked is for the relay. */
export function isOrder(payload: Buffer): boolean {
  return payload.length >= ORDER.length && ORDER.compare(payload, 0, ORDER.length) === 0;
}

/** The answer to an order that the relay cannot follow. */
export function orderError(payload: Buffer): Message {
  const order = wordOf(payload);
  const text = order === undefined ? 'This order is not JSON.' : `There is no order ${order}.`;
  return toHost({ [RELAY]: 'error', order, text });
}

/** The longest word of an order that an answer repeats, in characters. */
const LONGEST_WORD = 64;

function wordOf(payload: Buffer): string | undefined {
  try {
    const order = JSON.parse(payload.toString()) as Record<string, unknown>;
    const word = order[RELAY];
    return typeof word === 'string' ? word.slice(0, LONGEST_WORD) : '';
  } catch {
    return undefined;
  }
}

function toHost(words: object): Message {
  return new BinaryMessage(Buffer.from(JSON.stringify(words)));
}

function toPlayer(words: object): Message {
  return new TextMessage(Buffer.from(JSON.stringify(words)));
}
