/** How a node stands to the others: one value, which has only what is known in it. */
import type { Tables } from './tables.js';

/** What a node that once was sure of its claims may trust, with the broker or without it. */
interface Trust {
  /**
   * The instant until which no other node can hold what this node holds; 0 if another may already. A renewal moves it
   * on and leaves the standing the same; past it, the claims stay confirmed until the lease is found to be gone.
   */
  trustedUntil: number;
}

interface Connected {
  /** Since when the broker has answered and known this node without a break: after one, it may not know others either. */
  readonly since: number;
}

interface Opened {
  readonly tables: Tables;
}

/**
 * Every change is another object. So what began upon one standing, and waited, compares it once with the standing of
 * now: the lease, the tables and the trust are either all the same, or the answer is of the past.
 */
export type Standing =
  /** Without the broker. */
  | ({ readonly name: 'away' } & Trust)
  /** Connected, and the broker has not opened its tables yet. */
  | ({ readonly name: 'waiting' } & Connected & Trust)
  /** The tables are there, and the broker does not do all that the node asks for: not yet, or not any more. */
  | ({ readonly name: 'opened' } & Connected & Opened & Trust)
  /** The lease is there, and the claims are not confirmed: others may have thought this node dead. */
  | ({ readonly name: 'leased' } & Connected & Opened)
  /** The claims are confirmed, and the store is too new to give out codes (B8). */
  | ({ readonly name: 'settling' } & Connected & Opened & Trust)
  /** All is well: the node may ask for codes. */
  | ({ readonly name: 'up' } & Connected & Opened & Trust)
  /** The node has let go of its lease for good. */
  | { readonly name: 'left' };

/** The standings of a node that the broker has done all for. */
export type Served = Extract<Standing, { name: 'leased' | 'settling' | 'up' }>;

export function isServed(standing: Standing): standing is Served {
  return standing.name === 'leased' || standing.name === 'settling' || standing.name === 'up';
}

export function trustedUntilOf(standing: Standing): number {
  switch (standing.name) {
    case 'left':
    case 'leased':
      return 0;
    case 'away':
    case 'waiting':
    case 'opened':
    case 'settling':
    case 'up':
      return standing.trustedUntil;
  }
}

/** Undefined if the broker is away, and was away ever since. */
export function steadySince(standing: Standing): number | undefined {
  switch (standing.name) {
    case 'left':
    case 'away':
      return undefined;
    case 'waiting':
    case 'opened':
    case 'leased':
    case 'settling':
    case 'up':
      return standing.since;
  }
}

/** The tables that were opened last: to let go of an entry, or to look at one, the node needs neither a lease nor space. */
export function openedTables(standing: Standing): Tables | undefined {
  switch (standing.name) {
    case 'left':
    case 'away':
    case 'waiting':
      return undefined;
    case 'opened':
    case 'leased':
    case 'settling':
    case 'up':
      return standing.tables;
  }
}

/** The same, without any trust. */
export function distrusted(standing: Standing): Standing {
  switch (standing.name) {
    case 'left':
    case 'leased':
      return { ...standing };
    case 'away':
    case 'waiting':
    case 'opened':
      return { ...standing, trustedUntil: 0 };
    case 'settling':
    case 'up':
      return { name: 'leased', since: standing.since, tables: standing.tables };
  }
}

/** The broker did not do what it was asked for, at the instant `now`. What the node may trust stays. */
export function faltered(standing: Standing, now: number): Standing {
  const trustedUntil = trustedUntilOf(standing);
  switch (standing.name) {
    case 'left':
    case 'away':
      return standing;
    case 'waiting':
      return { name: 'waiting', since: now, trustedUntil };
    case 'opened':
    case 'leased':
    case 'settling':
    case 'up':
      return { name: 'opened', since: now, tables: standing.tables, trustedUntil };
  }
}
