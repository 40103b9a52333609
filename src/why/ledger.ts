/** Why connections ended or were refused: the memory behind every answer to "why?". */
import { ENDINGS, type Ending, type Phase, type Session, type SessionListener } from '../relay.port.js';
import { Ring } from './ring.js';

/** Milliseconds for which a peer is told: longer than any phone page waits before it asks. */
const MEMORY = 5 * 60 * 1_000;

/** What a peer asks for; a host has no `clientId`. */
export interface Question {
  readonly serverCode: string;
  readonly clientId?: string;
}

/** Who a connection was, as far as it came to say. */
interface Who extends Partial<Question> {
  readonly role?: 'host' | 'player';
}

/** One ending or refusal. The texts are the peer's own: escape them for where they are shown. */
export interface LedgerEntry extends Who {
  readonly at: Date;
  readonly address: string;
  readonly ending: Ending;
  /** The rule of SPEC.md that was applied. */
  readonly rule: string;
}

/** What is found by {@link keyFor}; `time` is that of the monotonic clock, in milliseconds. */
interface Kept {
  readonly entry: LedgerEntry;
  readonly time: number;
  readonly key: string | undefined;
}

/** Holds copies of a few words per connection, never a session or a room: what has ended can be freed. */
export class Ledger implements SessionListener {
  private readonly ring: Ring<Kept>;
  // An answer must not cost a search: who asks for what never was could ask for little else.
  private readonly newest = new Map<string, Kept>();

  /**
   * @param size entries kept at most.
   * @param now milliseconds of a monotonic clock: setting the clock on the wall forgets nothing (A28).
   */
  constructor(
    size: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.ring = new Ring(size);
  }

  refused(session: Session, ending: Ending, last: Phase): void {
    this.ended(session, ending, last);
  }

  ended({ connection }: Session, ending: Ending, last: Phase): void {
    const { rule } = ENDINGS[ending];
    const entry = { at: new Date(), ...whoIn(last), address: connection.remoteAddress, ending, rule };
    const kept = { entry, time: this.now(), key: keyFor(entry.address, entry) };
    if (kept.key !== undefined) this.newest.set(kept.key, kept);
    this.forget(this.ring.add(kept));
  }

  /** All that is kept, the newest first. */
  entries(): LedgerEntry[] {
    return this.ring.newestFirst().map(({ entry }) => entry);
  }

  /** The newest ending of who asks, if it came from the same address within five minutes (O2). */
  answer(address: string, question: Question): LedgerEntry | undefined {
    const kept = this.newest.get(keyFor(address, question) ?? '');
    return kept !== undefined && kept.time >= this.now() - MEMORY ? kept.entry : undefined;
  }

  private forget(oldest: Kept | undefined): void {
    const { key } = oldest ?? {};
    if (key !== undefined && this.newest.get(key) === oldest) this.newest.delete(key);
  }
}

/**
 * The name under which an ending is found again; undefined if nobody can ask for it. Peers on a socket of this
 * machine have no address by which one could be told from another.
 */
function keyFor(address: string, { serverCode, clientId }: Partial<Question>): string | undefined {
  if (address === '' || serverCode === undefined) return undefined;
  return JSON.stringify([address, serverCode, clientId]);
}

function whoIn(phase: Phase): Who {
  if (phase.name === 'host') return { role: 'host', serverCode: phase.room.serverCode };
  if (phase.name === 'player') {
    const { room, clientId } = phase.player;
    return { role: 'player', serverCode: room.serverCode, clientId };
  }
  if (phase.name !== 'logging-in') return {};
  const { role, serverCode, clientId } = phase;
  return clientId === undefined ? { role, serverCode } : { role, serverCode, clientId };
}
