/** The traffic since the start: plain numbers that a message adds to, read only on demand. */

/** Messages of one kind, by their payloads; what is in came from a peer, what is out was sent to one. */
export class Flow {
  messagesIn = 0;
  bytesIn = 0;
  messagesOut = 0;
  bytesOut = 0;

  /** Counts a message that came with `length` bytes, and `copies` of it that are sent with `outLength` each. */
  count(length: number, copies: number, outLength: number): void {
    this.messagesIn++;
    this.bytesIn += length;
    this.messagesOut += copies;
    this.bytesOut += copies * outLength;
  }
}

/** Counts lengths by powers of two: a message costs one increment and no search. */
export class Sizes {
  /** At `i`: how many were longer than 2^(i-1) bytes and at most 2^i; the empty ones are at the very end. */
  private readonly counts = new Float64Array(33);

  add(length: number): void {
    this.counts[32 - Math.clz32(length - 1)]!++;
  }

  /** Pairs of a length in bytes and how many were at most that long, up to 2^`most`. */
  upTo(most: number): [number, number][] {
    let below = this.counts[32]!;
    return Array.from({ length: most + 1 }, (_, power) => [2 ** power, (below += this.counts[power]!)]);
  }

  /** How many there were. */
  get count(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }
}

/** Counts rare values, by chosen bounds. */
export class Histogram {
  sum = 0;
  count = 0;
  private readonly counts: number[];

  /** `bounds` rise. */
  constructor(private readonly bounds: readonly number[]) {
    this.counts = bounds.map(() => 0);
  }

  add(value: number): void {
    this.sum += value;
    this.count++;
    const at = this.bounds.findIndex((bound) => value <= bound);
    if (at >= 0) this.counts[at]!++;
  }

  /** Pairs of a bound and how many values were at most that. */
  upTo(): [number, number][] {
    let below = 0;
    return this.bounds.map((bound, at) => [bound, (below += this.counts[at]!)]);
  }
}

/** Milliseconds, from a neighbour's to a phone that has almost lost its network. */
const ROUND_TRIPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** What hosts, or players, have in common. */
export class RoleTraffic {
  /** The messages they sent. */
  readonly sizes = new Sizes();
  /** Milliseconds. */
  readonly roundTrips = new Histogram(ROUND_TRIPS);
}

/** Messages of hosts that reached no player, by cause (H4, H5, H8). */
export class Undeliverable {
  /** The room has no players. */
  noPlayers = 0;
  /** No player of the room has the id. */
  noSuchPlayer = 0;
  /** The `receiver_id` is not a string. */
  receiverNotText = 0;
}

/** One for each relay. The message path writes into it and never reads it. */
export class Traffic {
  readonly forward = new Flow();
  readonly broadcast = new Flow();
  readonly unicast = new Flow();
  readonly undeliverable = new Undeliverable();
  readonly host = new RoleTraffic();
  readonly player = new RoleTraffic();

  /** A player's message went to its host, with its stamp. */
  forwarded(length: number, stampedLength: number): void {
    this.player.sizes.add(length);
    this.forward.count(length, 1, stampedLength);
  }

  /** A host's message went to all its players. */
  broadcasted(length: number, copies: number): void {
    this.host.sizes.add(length);
    this.broadcast.count(length, copies, length);
    if (copies === 0) this.undeliverable.noPlayers++;
  }

  /** A host's message went to the players with one id; `isText` says whether the id could be one. */
  unicasted(length: number, copies: number, isText: boolean): void {
    this.host.sizes.add(length);
    this.unicast.count(length, copies, length);
    if (!isText) this.undeliverable.receiverNotText++;
    else if (copies === 0) this.undeliverable.noSuchPlayer++;
  }
}
