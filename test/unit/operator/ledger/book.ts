// A ledger on its own, and what a test writes into it, with a clock that the test sets.
import { isEnding, type EndingEntry } from '../../../../src/operator/ledger/entry.js';
import { Ledger } from '../../../../src/operator/ledger/ledger.js';
import type { Ending } from '../../../../src/relay/rooms/endings.js';
import type { Player } from '../../../../src/relay/rooms/player.js';
import type { Room } from '../../../../src/relay/rooms/room.js';
import type { Measures } from '../../../../src/relay/session/measures.js';
import type { Phase, Session } from '../../../../src/relay/session/session.js';

export const MINUTE = 60_000;
export const HERE = '198.51.100.1';
export const ELSEWHERE = '198.51.100.2';

/** A ledger, and the endings that a test writes into it. */
export class Book {
  time = 1_000;
  readonly ledger: Ledger;

  constructor(size = 100) {
    this.ledger = new Ledger(size, () => this.time);
  }

  ended(ending: Ending, last: Phase, address = HERE): void {
    this.ledger.ended(sessionFrom(address), ending, last, MEASURES);
  }

  /** Why the player (or the host, without an id) of SNEK was ended, as its address learns. */
  why(clientId?: string, address = HERE): Ending | undefined {
    const question = clientId === undefined ? {} : { clientId };
    return this.ledger.answer(address, { serverCode: 'SNEK', ...question })?.ending;
  }

  get entries(): EndingEntry[] {
    return this.ledger.entries().filter(isEnding);
  }
}

export const MEASURES: Measures = {
  ...{ age: 61_000, messagesIn: 5, messagesOut: 7, bytesIn: 500, bytesOut: 700, waiting: 90, isPaused: true },
  ...{ roundTrip: 12, jitter: 3 },
};

/** What the ledger keeps of {@link MEASURES}. */
export const MEASURED = {
  ...{ duration: 61_000, messagesIn: 5, messagesOut: 7, bytesIn: 500, bytesOut: 700, waiting: 90 },
  ...{ roundTrip: 12, jitter: 3 },
};

export function sessionFrom(remoteAddress: string): Session {
  return { connection: { id: 9, remoteAddress } } as Session;
}

export function playerOf(serverCode: string, clientId: string): Phase {
  return { name: 'player', player: { room: { serverCode }, clientId } as Player };
}

export function hostOf(serverCode: string): Phase {
  return { name: 'host', room: { serverCode } as Room };
}

export const PLAYER = playerOf('SNEK', '467');

/** A phone that asks to be let in. */
export const LOGIN = { name: 'logging-in', role: 'player', serverCode: 'SNEK', clientId: '467' } as const;
