/** Why connections ended or were refused, and what games get wrong: the memory behind every answer to "why?". */
import { keyOf } from '../../relay/limits/address.js';
import type { Ending } from '../../relay/rooms/endings.js';
import { type EndingReport, refusalOf, reportOf } from '../../relay/session/ending-report.js';
import type { Measures } from '../../relay/session/measures.js';
import type { SessionListener } from '../../relay/session/session-events.js';
import type { Phase, Session } from '../../relay/session/session.js';
import { type EndingEntry, isEnding, type LedgerEntry } from './entry.js';
import { FairRow, type Place } from './fair-row.js';
import type { Finding } from './finding.js';
import { shortName } from './short-name.js';

/** Milliseconds for which a peer gets an answer: longer than any phone page waits before it asks. */
const MEMORY = 5 * 60 * 1_000;

/** Milliseconds within which an equal refusal follows another to be one entry with it: who hammers does not fill the ledger. */
const TOGETHER = 60 * 1_000;

/** What a peer asks for; a host has no `clientId`. */
export interface Question {
  readonly serverCode: string;
  readonly clientId?: string;
}

/** An entry, when it was written by the monotonic clock in milliseconds, and by what name it is found again. */
interface Kept {
  readonly entry: LedgerEntry;
  readonly time: number;
  /** No peer asks for a finding. */
  readonly name?: string;
  /** Whether it is about a peer that never got in. */
  readonly isRefusal?: boolean;
}

/**
 * Holds copies of a few words per connection, never a session or a room: what has ended can be freed. An entry has
 * texts of the lengths that a login may have (L7), and nothing else that a peer could make longer.
 */
export class Ledger implements SessionListener {
  private entriesSoFar = 0;
  private readonly row: FairRow<Kept>;
  // An answer must not cost a search: who asks for what never was could ask for little else.
  private readonly newest = new Map<string, Place<Kept>>();
  private readonly lastGames = new Map<string, EndingEntry>();
  private readonly listeners = new Set<(entry: LedgerEntry) => void>();

  /**
   * @param size entries kept at most.
   * @param now milliseconds of a monotonic clock: setting the clock on the wall forgets nothing (A28).
   */
  constructor(
    size = 0,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.row = new FairRow(size, (kept) => this.forget(kept));
  }

  /** Entries kept at most; set before there are any. */
  set size(size: number) {
    this.row.size = size;
  }

  refused(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    this.ended(session, ending, last, measures);
  }

  ended(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    const report = reportOf(session, ending, last, measures);
    if (last.name !== 'host' && last.name !== 'player') return this.writeRefusal(report);
    const entry = this.write(report, { name: nameOf(report), isRefusal: false }, 1);
    if (last.name === 'host') this.lastGames.set(gameName(last.room.serverCode), entry);
  }

  turnedAway(address: string, ending: Ending): void {
    this.writeRefusal(refusalOf(address, ending));
  }

  /** The game of a room gets something wrong that it did not get wrong before. @param address that of its host. */
  found({ at, serverCode, kind }: Finding, address = ''): void {
    const entry = { id: ++this.entriesSoFar, at, serverCode, finding: kind };
    this.row.add({ entry, time: this.now() }, holderOf(address));
    this.tell(entry);
  }

  /** Has `listener` told each entry that is written from now on. Returns how to stop that. */
  listen(listener: (entry: LedgerEntry) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** All that is kept, the newest first. May be walked over many turns. */
  *newestFirst(): Generator<LedgerEntry, void> {
    for (const { entry } of this.row.newestFirst()) yield entry;
  }

  /** All that is kept, the newest first. */
  entries(): LedgerEntry[] {
    return [...this.newestFirst()];
  }

  /** The newest ending of who asks, if it came from the same address within five minutes (O2). */
  answer(address: string, { serverCode, clientId }: Question): EndingEntry | undefined {
    // Peers on a socket of this machine have no address by which one could be told from another.
    if (address === '') return undefined;
    const kept = this.newest.get(memberName(address, serverCode, clientId))?.item;
    if (kept === undefined || kept.time < this.now() - MEMORY) return undefined;
    return isEnding(kept.entry) ? kept.entry : undefined;
  }

  /** Equal refusals of a peer that never got in are one entry, and it is the newest. */
  private writeRefusal(report: EndingReport): void {
    const naming = { name: nameOf(report), isRefusal: true };
    const former = this.newest.get(naming.name);
    const entry = former && this.equalTo(report, former.item);
    if (former === undefined || entry === undefined) return void this.write(report, naming, 1);
    this.row.remove(former);
    this.write(report, naming, entry.times + 1, entry.since ?? entry.at);
  }

  private equalTo({ ending }: EndingReport, { entry, time, isRefusal }: Kept): EndingEntry | undefined {
    const isRecent = isRefusal === true && time > this.now() - TOGETHER;
    return isRecent && isEnding(entry) && entry.ending === ending ? entry : undefined;
  }

  /** `report` was made for the ledger, and becomes its entry. */
  private write(
    report: EndingReport,
    naming: Required<Pick<Kept, 'name' | 'isRefusal'>>,
    times: number,
    since?: Date,
  ): EndingEntry {
    const { serverCode = '', ending } = report;
    const gameEnded = ending === 'no-such-code' ? this.lastGames.get(gameName(serverCode))?.at : undefined;
    // Only this code has the report. To spread it into another object would take twenty times as long.
    const more = { id: ++this.entriesSoFar, at: new Date(), times, since, gameEnded };
    const entry = Object.assign(report, more);
    const kept = { entry, time: this.now(), ...naming };
    this.newest.set(naming.name, this.row.add(kept, holderOf(entry.address)));
    this.tell(entry);
    return entry;
  }

  private tell(entry: LedgerEntry): void {
    for (const listener of this.listeners) listener(entry);
  }

  private forget(kept: Kept): void {
    const { entry, name } = kept;
    entry.isForgotten = true;
    if (name !== undefined && this.newest.get(name)?.item === kept) this.newest.delete(name);
    const game = gameName(entry.serverCode ?? '');
    if (this.lastGames.get(game) === entry) this.lastGames.delete(game);
  }
}

/** Whose share of the ledger it is: that of an address as the limits count it, or of all peers of this machine. */
function holderOf(address: string): string {
  return keyOf(address) ?? 'this machine';
}

/** The name under which an ending is found again, by who asks and by what is equal to it. */
function nameOf({ address, serverCode, clientId, ending }: EndingReport): string {
  return serverCode === undefined ? `${address} ${ending}` : memberName(address, serverCode, clientId);
}

function gameName(serverCode: string): string {
  return shortName(`game ${serverCode}`);
}

/** Never that of others: the length tells where the code ends, and no ending begins with a digit. */
function memberName(address: string, serverCode: string, clientId: string | undefined): string {
  const who = clientId === undefined ? 'host' : `player ${clientId}`;
  return shortName(`${address} ${serverCode.length} ${serverCode} ${who}`);
}
