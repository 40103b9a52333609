/** What the runner asks of a driver process, and what it gets back: plain values that travel as JSON. */

/** How one kind of message is driven: a window of unanswered ones per stream, a rate per stream, or one in all. */
export type Flow = { bytes: number } & ({ window: number } | { perSecond: number } | { alone: true });

/** Rooms whose hosts and players exchange the three kinds of messages. */
export interface Traffic {
  rooms: number;
  players: number;
  /** Player to host; a stream is a player. */
  forward?: Flow;
  /** Host to its room; a stream is a room. */
  broadcast?: Flow;
  /** Host to one player; a stream is a player. */
  unicast?: Flow;
}

/** Hosts and players that come back to a relay which was just restarted, all within so long. */
export interface StormPlan {
  rooms: number;
  players: number;
  withinMs: number;
  /** What each player sends to its host from the moment it is in. */
  forward: { bytes: number; perSecond: number };
}

/** Phones with keys that come back to a relay which still believes in their old connections, all within so long. */
export interface ReturnPlan {
  rooms: number;
  players: number;
  withinMs: number;
}

export type Workload =
  | ({ kind: 'traffic' } & Traffic)
  | ({ kind: 'stalled' } & Omit<Traffic, 'unicast'>)
  | { kind: 'echo'; bytes: number }
  | { kind: 'churn'; rooms: number; parallel: number }
  | { kind: 'cold'; rooms: number; parallel: number; logins: number }
  | ({ kind: 'storm' } & StormPlan)
  | ({ kind: 'return' } & ReturnPlan)
  | { kind: 'idle'; connections: number; settleMs: number }
  | { kind: 'memory-return'; connections: number; wave: number; patienceMs: number };

/** Which words a relay speaks over its WebSockets. */
export type DialectName = 'carparty' | 'carparty-keyed' | 'socket.io';

/** Where the players of a room are, in a relay whose nodes take turns with the hosts: beside theirs, or elsewhere. */
export type Placement = 'local' | 'apart';

/** How to get into a relay. */
export interface Doors {
  /** Of each node; most relays have but one. */
  ports: number[];
  placement: Placement;
}

export interface Job extends Doors {
  /** The relay's process; its children are counted with it. */
  pid: number;
  dialect: DialectName;
  warmupMs: number;
  measureMs: number;
  /** How long nothing must have come until what is missing counts as lost. */
  silenceMs: number;
  workload: Workload;
}

/** What went wrong with messages. Any count above zero spoils the measurement. */
export interface Faults {
  /** Messages that differ from what was sent, or that nobody sent. */
  bytes: number;
  /** Messages that came late, twice or early. */
  order: number;
  /** Messages for somebody else. */
  address: number;
  /** Messages that never came. */
  lost: number;
  /** Connections that ended though nobody ended them. */
  closed: number;
}

/** The figures of one run of one workload; those that a workload has no use for are absent. */
export interface Measurement {
  faults: Faults;
  /** Messages (or logins) that came out of the relay while it was measured. */
  messages?: number;
  /** Messages that came and were checked, before and after it was measured too. */
  checked?: number;
  perSecond?: number;
  /** Processor seconds of the relay per million messages, or logins: microseconds for each. */
  cpuPerMillion?: number;
  /** Likewise of the NATS server between its nodes, which is not in the figure above. */
  enginePerMillion?: number;
  /** Share of one core, 0 to 1, that the relay and that the driver used. */
  relayShare?: number;
  driverShare?: number;
  p50Ms?: number;
  p99Ms?: number;
  bytesPerConnection?: number;
  /** From the beginning of a storm until its last player is in. */
  lastInMs?: number;
  /** How long it took until none, a fiftieth, two fiftieths ... all of the players of a storm were in. */
  inAfterMs?: number[];
  /** Logins of a storm that the relay refused, and that were tried again. */
  refusals?: number;
  /** The latency in the same rooms when the storm is over. */
  p99AfterMs?: number;
  /** Resident memory after, as a multiple of before. */
  memoryRatio?: number;
  /** A remark for the table. */
  note?: string;
}
