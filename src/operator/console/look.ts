/** What a console is shown: the words in which the relay and its page talk. Times are milliseconds, rates per second. */

/** Text of the relay itself, or of a peer, which the page marks as the peer's. */
export type Part = string | { readonly said: string };

export type Sentence = readonly Part[];

/** Is it well? Yes; look at it; no. */
export type Condition = 'well' | 'watch' | 'ill';

export interface Verdict {
  readonly condition: Condition;
  readonly title: string;
  /** What is out of the ordinary, the worst first. */
  readonly remarks: readonly string[];
}

/** One second of the last fifteen minutes. */
export interface Sample {
  /** Rises by one a second; what it began with means nothing. */
  readonly second: number;
  readonly messagesIn: number;
  readonly messagesOut: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly rooms: number;
  readonly players: number;
  /** How much of the second the event loop had something to do, in percent. */
  readonly busy: number;
  /** Connections that were refused or broken off, and those that met an error of the relay. */
  readonly problems: number;
  readonly faults: number;
}

export interface RoomLine {
  readonly serverCode: string;
  readonly openedAt: number;
  readonly players: number;
  readonly messageRate: number;
  readonly byteRate: number;
  readonly worstRoundTrip?: number | undefined;
  readonly waiting: number;
  readonly paused: number;
  /** Players that are away; whether the host is, and the seconds for which the room waits for it. */
  readonly away: number;
  readonly isHostAway: boolean;
  readonly secondsLeft?: number | undefined;
  /** Bytes that are kept for returns. */
  readonly kept: number;
}

/** Round trip and jitter at one moment. */
export type Trip = readonly [roundTrip: number, jitter: number];

/** A host, or a player. What is missing is unknown, as of a peer that is connected to another node. */
export interface MemberLine {
  /** A host has none. */
  readonly clientId?: string | undefined;
  readonly connection?: number | undefined;
  readonly address?: string | undefined;
  /** What the backend's authorizer has said of it, cut short. */
  readonly context?: string | undefined;
  readonly age?: number | undefined;
  readonly messagesIn?: number | undefined;
  readonly messagesOut?: number | undefined;
  readonly waiting?: number | undefined;
  readonly isPaused?: boolean | undefined;
  readonly roundTrip?: number | undefined;
  readonly jitter?: number | undefined;
  /** Whether its place waits for it, for how many seconds, and the bytes that are kept for it. */
  readonly isAway: boolean;
  readonly secondsLeft?: number | undefined;
  readonly kept?: number | undefined;
  /** The oldest first; the last one is now. */
  readonly trips: readonly Trip[];
}

export interface RoomNow {
  readonly serverCode: string;
  readonly isOpen: boolean;
  readonly members: readonly MemberLine[];
  /** Players that are not listed. */
  readonly more: number;
}

/** A peer that is connected or away; without a role it has not logged in. */
export interface FoundLine {
  readonly role?: 'host' | 'player' | undefined;
  readonly serverCode?: string | undefined;
  /** A host has none. */
  readonly clientId?: string | undefined;
  /** Unknown of a player on another node. */
  readonly address?: string | undefined;
  readonly connection?: number | undefined;
  readonly roundTrip?: number | undefined;
  readonly isAway?: boolean | undefined;
}

/** Those whose id or address is looked for: the first of them, and how many they are. */
export interface Found {
  readonly lines: readonly FoundLine[];
  readonly count: number;
}

/** What the game of a room gets wrong. */
export interface FoundMistake {
  readonly at: number;
  readonly serverCode: string;
  readonly kind: string;
  readonly meaning: string;
  readonly fix: string;
  readonly times: number;
}

/** Why a peer has gone, and by whose doing; or a mistake of a game. */
export type LedgerKind = 'refused' | 'broken' | 'left' | 'fault' | 'finding';

export interface LedgerRow {
  readonly id: number;
  readonly at: number;
  readonly kind: LedgerKind;
  /** Of the ending or the finding. */
  readonly name: string;
  readonly rule: string;
  readonly reason: Sentence;
  /** What helps. */
  readonly advice?: string | undefined;
  readonly times: number;
  /** When the first of several equal refusals was. */
  readonly since?: number | undefined;
  /** A finding has none. */
  readonly address?: string | undefined;
  readonly duration?: number | undefined;
  readonly messagesIn?: number | undefined;
  readonly messagesOut?: number | undefined;
  readonly roundTrip?: number | undefined;
  readonly waiting?: number | undefined;
}

export interface Limit {
  readonly flag: string;
  readonly value: string;
  readonly help: string;
  readonly isDefault: boolean;
}

/** A line of "This node": a name, and how it is. */
export type Fact = readonly [name: string, value: string];

export interface Look {
  readonly at: number;
  readonly verdict: Verdict;
  readonly isDraining: boolean;
  /** Those that the page does not have yet. */
  readonly samples: readonly Sample[];
  readonly waiting: number;
  readonly worstRoundTrip?: number | undefined;
  /** The largest rooms of those that are looked for, and how many there are of them. */
  readonly rooms: readonly RoomLine[];
  readonly roomCount: number;
  /** All that are open, whatever is looked for. */
  readonly openRooms: number;
  /** Only if a text is looked for. */
  readonly found?: Found | undefined;
  readonly room?: RoomNow | undefined;
  /** The newest. */
  readonly findings: readonly FoundMistake[];
  /** Only if there is something new: the newest of those that are looked for. */
  readonly ledger?: readonly LedgerRow[] | undefined;
  readonly facts: readonly Fact[];
  /** Only at the beginning. */
  readonly limits?: readonly Limit[] | undefined;
}
