/** What a user interface can show of a connection. */
import type { Reason } from './reason.js';

/** `waiting` tries again by itself; `ended` only when `retry()` is called. */
export type Status =
  | { readonly state: 'connecting'; readonly reason?: Reason }
  /** `resumed` is true if nothing is missing of what was said since the connection before. */
  | { readonly state: 'joined'; readonly reason?: undefined; readonly resumed?: boolean }
  | { readonly state: 'waiting' | 'ended'; readonly reason: Reason };

export function reasonIn(status: Status): Reason | undefined {
  return 'reason' in status ? status.reason : undefined;
}
