/** What the linter remembers of one room. */
import type { Room } from '../relay.port.js';
import type { Finding, FindingKind } from './finding.js';
import type { Sample } from './sample.js';

/** Ids that are remembered of a room; of a larger one nobody can say who was never there. */
const MOST_IDS = 2_000;

/** Milliseconds within which who comes back after a reload comes back. */
const RELOAD = 5_000;

/** So many phones that came back under another name are no chance. */
const TOO_MANY_RENAMED = 3;

/** Departures that are remembered. */
const MOST_DEPARTURES = 50;

interface Departure {
  readonly address: string;
  readonly time: number;
}

export class RoomFile {
  /** What was found so far, by kind: each is noted once. */
  readonly findings = new Map<FindingKind, Finding>();
  /** The look that is being taken, and since when. */
  sample: { readonly look: Sample; readonly since: number } | undefined;
  /** The tick of the linter from which on it may be looked at again. */
  nextLook = 0;
  private readonly ids = new Set<string>();
  private departures: Departure[] = [];
  private renamed = 0;

  constructor(readonly room: Room) {}

  /** A player has joined. Times are milliseconds of a monotonic clock. */
  joined(clientId: string, address: string, time: number): void {
    const isNew = !this.ids.has(clientId);
    if (this.ids.size < MOST_IDS) this.ids.add(clientId);
    const at = this.departures.findIndex((left) => left.address === address && time - left.time <= RELOAD);
    if (at < 0) return;
    this.departures.splice(at, 1);
    if (isNew) this.renamed++;
  }

  left(address: string, time: number): void {
    this.departures.push({ address, time });
    if (this.departures.length > MOST_DEPARTURES) this.departures.shift();
  }

  /** How often that was seen so far. */
  times(kind: FindingKind): number {
    return this.findings.get(kind)?.times ?? 0;
  }

  /** What is wrong by what was counted, with how often so far. */
  counted(): [FindingKind, number][] {
    const { receiversNotText, absentReceivers, largeMessages } = this.room;
    const counts: [FindingKind, number][] = [
      ['receiver-not-text', receiversNotText],
      ['receiver-never-here', this.isLastAbsentUnknown() ? absentReceivers : 0],
      ['large-message', largeMessages],
      ['new-id-each-time', this.renamed >= TOO_MANY_RENAMED ? this.renamed : 0],
    ];
    return counts.filter(([, times]) => times > 0);
  }

  private isLastAbsentUnknown(): boolean {
    return this.ids.size < MOST_IDS && !this.ids.has(this.room.lastAbsentReceiver);
  }
}
