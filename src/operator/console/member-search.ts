/** Who is connected now, and where: found among all connections, a few in each turn. */
import type { Located } from '../../relay/service/located.js';
import type { RelayMonitor } from '../../relay/service/relay.monitor.js';
import type { Found, FoundLine } from './look.js';
import type { IsOver } from './pace.js';

/** Lines that are shown. */
const MOST_LINES = 20;

/** Milliseconds after which all connections are looked at again; those that were found are asked each second. */
const REST = 5_000;

/** Connections that are looked at before the time is. */
const STEP = 64;

/** Shared by all who look for the same text. */
export class MemberSearch {
  private shown: readonly Located[] = [];
  private count = 0;
  private walk: Walk | undefined;
  private walkedAt = -Infinity;
  private readonly text: string;

  constructor(
    private readonly monitor: RelayMonitor,
    text: string,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.text = text.toLowerCase();
  }

  /** Looks at all connections, if that was long ago. False if it needs another turn for that. */
  advance(isOver: IsOver): boolean {
    if (this.walk === undefined && this.now() - this.walkedAt < REST) return true;
    this.walk ??= { connections: this.monitor.located(), same: [], like: [], count: 0 };
    if (!this.goOn(this.walk, isOver)) return false;
    const { same, like, count } = this.walk;
    this.shown = [...same, ...like].slice(0, MOST_LINES);
    this.count = count;
    this.walk = undefined;
    this.walkedAt = this.now();
    return true;
  }

  /** How those who were found are now, without those who have left. */
  found(): Found {
    const here = this.shown.filter(({ isGone }) => !isGone);
    return { lines: here.map(lineOf), count: this.count - (this.shown.length - here.length) };
  }

  private goOn(walk: Walk, isOver: IsOver): boolean {
    for (let steps = 1; ; steps++) {
      const { value: located } = walk.connections.next();
      if (located === undefined) return true;
      this.lookAt(located, walk);
      if (steps % STEP === 0 && isOver()) return false;
    }
  }

  /** Who is called exactly so comes first. */
  private lookAt(located: Located, walk: Walk): void {
    const { address } = located;
    const id = located.who.clientId?.toLowerCase();
    const isSame = id === this.text || address === this.text;
    if (!isSame && id?.includes(this.text) !== true && address?.includes(this.text) !== true) return;
    walk.count++;
    const found = isSame ? walk.same : walk.like;
    if (found.length < MOST_LINES) found.push(located);
  }
}

interface Walk {
  readonly connections: Iterator<Located, void>;
  readonly same: Located[];
  readonly like: Located[];
  count: number;
}

function lineOf({ who, address, connection, roundTrip, isAway }: Located): FoundLine {
  return { ...who, address, connection, roundTrip, ...(isAway && { isAway }) };
}
