/** What host and player tell the lifeline that keeps them connected. */
import type { Reason } from './reason.js';
import type { Status } from './status.js';

/** How an attempt ended, for a role to judge. */
export interface Outcome {
  readonly reason: Reason;
  /** True if the relay took the connection and closed it at the login. */
  readonly refused: boolean;
  /** How many logins in a row were refused, this one included. */
  readonly refusals: number;
  /** True if the last accepted login was lost less than `patience` ago. */
  readonly recentlyJoined: boolean;
}

/** Try again after a pause, or without one; or give up, for this reason. */
export type Verdict = 'retry' | 'at-once' | Reason;

/** Reasons that stay the same however often one tries. */
export const FINAL: readonly string[] = ['bad-login', 'not-authorized'];

/** The members of a login besides `action`; `/v1/why` is asked with the same. */
export type Identity = Readonly<Record<string, string>> & { readonly server_code: string };

export interface Role {
  readonly action: 'login_client' | 'login_server';
  /** False for a host: replacing its connection while it may still live would end its players. */
  readonly replaceable: boolean;
  identify(): Identity;
  receive(data: unknown): void;
  judge(outcome: Outcome): Verdict;
  changed(status: Status): void;
}
