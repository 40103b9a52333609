/** Everything that is known of one ending or refusal: the log and the ledger say the same. */
import { type Ending, ruleOf } from '../rooms/endings.js';
import type { Measures } from './measures.js';
import type { Phase, Session } from './session.js';

/** Who a connection was, as far as it came to say. The texts are the peer's own: escape them for where they are shown. */
export interface Who {
  readonly role?: 'host' | 'player' | undefined;
  readonly serverCode?: string | undefined;
  /** A host has none. */
  readonly clientId?: string | undefined;
}

/** An upgrade request that was refused has no connection, and so no measures. */
export interface EndingReport extends Who, Partial<Omit<Measures, 'age' | 'isPaused'>> {
  /** The id of the connection. */
  readonly connection?: number;
  readonly address: string;
  readonly ending: Ending;
  /** The rule of SPEC.md that was applied. */
  readonly rule: string;
  /** Milliseconds that the connection lasted. */
  readonly duration?: number;
}

/**
 * `last` is the phase in which the session ended, `measures` those of that moment.
 *
 * Written as one literal, whatever is known: put together from parts it would cost many times as much, and each login
 * has an ending.
 */
export function reportOf(
  { connection }: Session,
  ending: Ending,
  last: Phase,
  measures: Measures,
): EndingReport {
  const { role, serverCode, clientId } = whoIn(last);
  return {
    connection: connection.id,
    address: connection.remoteAddress,
    role,
    serverCode,
    clientId,
    ending,
    rule: ruleOf(ending, role),
    duration: measures.age,
    messagesIn: measures.messagesIn,
    messagesOut: measures.messagesOut,
    bytesIn: measures.bytesIn,
    bytesOut: measures.bytesOut,
    waiting: measures.waiting,
    roundTrip: measures.roundTrip,
    jitter: measures.jitter,
  };
}

/** The report on an upgrade request that was refused. */
export function refusalOf(address: string, ending: Ending): EndingReport {
  return { address, ending, rule: ruleOf(ending, undefined) };
}

export function whoIn(phase: Phase): Who {
  if (phase.name === 'host') return { role: 'host', serverCode: phase.room.serverCode };
  if (phase.name === 'player') {
    const { room, clientId } = phase.player;
    return { role: 'player', serverCode: room.serverCode, clientId };
  }
  if (phase.name !== 'logging-in') return {};
  const { role, serverCode, clientId } = phase;
  return { role, serverCode, clientId };
}
