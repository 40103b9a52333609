/** Makes what viewers are shown: the relay is looked at once for all of them. */
import { inWordsOf } from '../config/names-of-options.js';
import { MISTAKES } from '../ledger/finding.js';
import type { Ledger } from '../ledger/ledger.js';
import type { RoomLinter } from '../ledger/room-linter.js';
import type { Backbone, RelayMonitor } from '../relay.port.js';
import { ledgerView } from './ledger-view.js';
import { limitsInForce } from './limits-in-force.js';
import type { FoundMistake, Limit, Look, RoomLine, Sample } from './look.js';
import { nodeFacts } from './node-facts.js';
import { roomNow } from './room-now.js';
import { RoomsNow } from './rooms-now.js';
import type { Trips } from './trips.js';
import { verdictOn } from './verdict.js';
import type { Viewer } from './viewer.js';

/** Rooms that are listed. */
const MOST_ROOMS = 100;

/** Mistakes of games that are listed. */
const MOST_FINDINGS = 20;

/** Everything that is looked at. */
export interface Sources {
  readonly monitor: RelayMonitor;
  readonly ledger: Ledger;
  readonly linter: RoomLinter;
  readonly backbone: Backbone;
}

/** What is the same for all viewers. */
interface Scene {
  readonly common: Pick<Look, 'at' | 'verdict' | 'isDraining' | 'waiting' | 'worstRoundTrip' | 'facts'>;
  readonly samples: readonly Sample[];
  readonly rooms: readonly RoomLine[];
}

export class LookMaker {
  private readonly roomsNow = new RoomsNow();
  private readonly limits: readonly Limit[];
  /** Rises with everything that is written into the ledger. */
  private written = 0;

  constructor(
    private readonly sources: Sources,
    private readonly trips: Trips,
  ) {
    this.limits = limitsInForce(sources.monitor.options);
    sources.ledger.listen(() => this.written++);
  }

  /** @param samples those of the last fifteen minutes, the oldest first. */
  show(viewers: readonly Viewer[], samples: readonly Sample[]): void {
    const scene = this.sceneOf(samples);
    for (const viewer of viewers) viewer.show(this.lookFor(viewer, scene));
  }

  private sceneOf(samples: readonly Sample[]): Scene {
    const { monitor, backbone } = this.sources;
    const rooms = this.roomsNow.look(monitor);
    const [totals, obstacles] = [monitor.totals(), monitor.readiness.now()];
    const common = {
      at: Date.now(),
      verdict: verdictOn({ obstacles, totals, samples, options: monitor.options }),
      isDraining: monitor.readiness.isDraining,
      waiting: totals.waiting,
      worstRoundTrip: worstOf(rooms),
      facts: nodeFacts(totals, backbone),
    };
    return { common, samples, rooms };
  }

  private lookFor(viewer: Viewer, { common, samples, rooms }: Scene): Look {
    const { serverCode, text, kind } = viewer.interest;
    const { isNew, seenInLedger } = viewer;
    const newest = samples.at(-1)?.second ?? 0;
    // A page that knows of a later second has it from before a restart.
    const lastSecond = viewer.lastSecond > newest ? 0 : viewer.lastSecond;
    const found = rooms.filter((room) => isIn(room.serverCode, text));
    viewer.lastSecond = newest;
    viewer.seenInLedger = this.written;
    return {
      ...common,
      samples: samples.filter(({ second }) => second > lastSecond),
      ...{ rooms: found.slice(0, MOST_ROOMS), roomCount: found.length },
      room: serverCode === undefined ? undefined : roomNow(serverCode, this.sources.monitor, this.trips),
      findings: this.findingsFor(text),
      ledger: seenInLedger === this.written ? undefined : this.rowsFor({ text, kind }, rooms),
      limits: isNew ? this.limits : undefined,
    };
  }

  private findingsFor(text: string): FoundMistake[] {
    return this.sources.linter
      .findings()
      .filter(({ serverCode }) => isIn(serverCode, text))
      .slice(0, MOST_FINDINGS)
      .map(({ at, serverCode, kind, times }) => ({
        at: at.getTime(),
        serverCode,
        kind,
        ...MISTAKES[kind],
        times,
      }));
  }

  private rowsFor(sought: Parameters<typeof ledgerView>[2], rooms: readonly RoomLine[]): Look['ledger'] {
    const codes = rooms.map(({ serverCode }) => serverCode);
    const { monitor, ledger } = this.sources;
    return ledgerView(ledger.entries(), codes, sought).map((row) =>
      row.advice === undefined ? row : { ...row, advice: inWordsOf(monitor.options, row.advice) },
    );
  }
}

function isIn(serverCode: string, text: string): boolean {
  return serverCode.toLowerCase().includes(text.toLowerCase());
}

function worstOf(rooms: readonly RoomLine[]): number | undefined {
  const trips = rooms.flatMap(({ worstRoundTrip }) => worstRoundTrip ?? []);
  return trips.length === 0 ? undefined : trips.reduce((worst, trip) => Math.max(worst, trip));
}
