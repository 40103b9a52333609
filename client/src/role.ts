/** What host and player tell the lifeline that keeps them connected. */
import type { Reason, Rejection } from './reason.js';
import type { Recent } from './recent.js';
import type { Welcome, Word } from './relay-words.js';
import type { Status } from './status.js';

/** How an attempt ended, for a role to judge. */
export interface Outcome {
  readonly reason: Reason;
  /** True if the relay took the connection and closed it at the login. */
  readonly refused: boolean;
  /** How many logins in a row were refused, this one included. */
  readonly refusals: number;
  /** True if the last accepted login was lost less than `patience` ago, by this page or the one before a reload. */
  readonly recentlyJoined: boolean;
}

/**
 * Try again after a pause; insist, with pauses that respect how often hosts may ask (A18); try again at once; or give
 * up. The reason is the one to show.
 */
export interface Verdict {
  readonly next: 'retry' | 'insist' | 'at-once' | 'end';
  readonly reason: Reason;
}

/** The members of a login besides `action`; `/v1/why` is asked with the same. */
export type Identity = Readonly<Record<string, string>> & { readonly server_code: string };

export interface Role {
  readonly action: 'login_client' | 'login_server';
  /** Under which codes this device was in lately. */
  readonly recent: Recent;
  /** True if silence means anything now: a peer is there that should say something. */
  readonly expects: boolean;
  /** Why there is no party though the connection is there. */
  readonly missing?: Reason | undefined;
  identify(): Identity;
  /** What it asks of a relay that knows `$relay`. */
  readonly wishes: Readonly<Record<string, unknown>>;
  /**
   * The player as which a host looks at its own party. A player has none, and replaces its connection instead of
   * looking: without a relay that lets it take its room back, a host that did so would end its players.
   */
  readonly lookAs?: (() => Identity) | undefined;
  /** A login was accepted; with `welcome` where the relay says so, and then what it grants. */
  entered(welcome?: Welcome): void;
  /** `word` if the relay itself says it. */
  receive(data: unknown, word?: Word): void;
  judge(outcome: Outcome): Verdict;
  /** `isIn` says whether the connection is there, which a status that waits does not. */
  changed(status: Status, isIn: boolean): void;
  rejected(rejection: Rejection): void;
}
