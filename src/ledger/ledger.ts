/** Why connections ended or were refused, and what games get wrong: the memory behind every answer to "why?". */
import {
  type Ending,
  type EndingReport,
  type Measures,
  type Phase,
  refusalOf,
  reportOf,
  type Session,
  type SessionListener,
} from '../relay.port.js';
import type { EndingEntry, FindingEntry, LedgerEntry } from './entry.js';
import type { Finding } from './finding.js';
import { Ring } from './ring.js';

/** Milliseconds for which a peer is told: longer than any phone page waits before it asks. */
const MEMORY = 5 * 60 * 1_000;

/** Milliseconds in which refusals of one address for one reason are one entry: who hammers does not fill the ledger. */
const TOGETHER = 60 * 1_000;

/** Addresses whose refusals are put together at most; those of others are entries of their own. */
const MOST_TOGETHER = 1_000;

/** What a peer asks for; a host has no `clientId`. */
export interface Question {
  readonly serverCode: string;
  readonly clientId?: string;
}

/** What is found by {@link keyFor}; `time` is that of the monotonic clock, in milliseconds. */
interface KeptEnding {
  readonly entry: EndingEntry;
  readonly time: number;
  readonly key: string | undefined;
}

/** Nobody asks for a finding. */
interface KeptFinding {
  readonly entry: FindingEntry;
  readonly key?: undefined;
}

type Kept = KeptEnding | KeptFinding;

/** Holds copies of a few words per connection, never a session or a room: what has ended can be freed. */
export class Ledger implements SessionListener {
  private entriesSoFar = 0;
  private readonly ring: Ring<Kept>;
  // An answer must not cost a search: who asks for what never was could ask for little else.
  private readonly newest = new Map<string, KeptEnding>();
  private readonly refusals = new Map<string, KeptEnding>();
  private readonly listeners = new Set<(entry: LedgerEntry) => void>();

  /**
   * @param size entries kept at most.
   * @param now milliseconds of a monotonic clock: setting the clock on the wall forgets nothing (A28).
   */
  constructor(
    size = 0,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.ring = new Ring(size);
  }

  /** Entries kept at most; set before there are any. */
  set size(size: number) {
    this.ring.size = size;
  }

  refused(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    this.write(reportOf(session, ending, last, measures));
  }

  ended(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    this.write(reportOf(session, ending, last, measures));
  }

  turnedAway(address: string, ending: Ending): void {
    const key = `${ending} ${address}`;
    const former = this.refusals.get(key);
    if (former !== undefined && former.time > this.now() - TOGETHER) {
      former.entry.times++;
      return this.tell(former.entry);
    }
    // The oldest are forgotten together, as they are in order.
    if (this.refusals.size >= MOST_TOGETHER) this.refusals.clear();
    this.refusals.set(key, this.write(refusalOf(address, ending)));
  }

  /** The game of a room gets something wrong that it did not get wrong before. */
  found({ at, serverCode, kind }: Finding): void {
    const entry = { id: ++this.entriesSoFar, at, serverCode, finding: kind };
    this.forget(this.ring.add({ entry }));
    this.tell(entry);
  }

  /** Has `listener` told each entry that is written from now on, and each that grows. Returns how to stop that. */
  listen(listener: (entry: LedgerEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** All that is kept, the newest first. */
  entries(): LedgerEntry[] {
    return this.ring.newestFirst().map(({ entry }) => entry);
  }

  /** The newest ending of who asks, if it came from the same address within five minutes (O2). */
  answer(address: string, question: Question): EndingEntry | undefined {
    const kept = this.newest.get(keyFor(address, question) ?? '');
    return kept !== undefined && kept.time >= this.now() - MEMORY ? kept.entry : undefined;
  }

  /** `report` was made for the ledger, and becomes its entry. */
  private write(report: EndingReport): KeptEnding {
    // Nobody else has the report. To spread it into another object would take twenty times as long.
    const entry = Object.assign(report, { id: ++this.entriesSoFar, at: new Date(), times: 1 });
    const kept = { entry, time: this.now(), key: keyFor(entry.address, entry) };
    if (kept.key !== undefined) this.newest.set(kept.key, kept);
    this.forget(this.ring.add(kept));
    this.tell(entry);
    return kept;
  }

  private tell(entry: LedgerEntry): void {
    for (const listener of this.listeners) listener(entry);
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
function keyFor(
  address: string,
  { serverCode, clientId }: Pick<EndingReport, 'serverCode' | 'clientId'>,
): string | undefined {
  if (address === '' || serverCode === undefined) return undefined;
  return JSON.stringify([address, serverCode, clientId]);
}
