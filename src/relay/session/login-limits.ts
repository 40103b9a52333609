/** What a login may be refused for before it is looked at: a port, so that sessions know no addresses' books. */
import type { Ending } from '../rooms/endings.js';

/** A question whether a host holds a code. However it is asked, it has one price (A17). */
export interface CodeQuestion {
  /** The codes that it may be answered for: all that were named, or only those that its address knows anyway. */
  readonly codes: readonly string[];
  /** Whole seconds until it may be answered for the others; 0 if there are none. */
  readonly wait: number;
  /** To be called once. The question has cost something if the address has learned that no host holds the codes. */
  settle(isClosed: boolean): void;
}

export abstract class LoginLimits {
  /** Told of each code before it is known whether it is free. */
  abstract refuseHost(address: string, serverCode: string): Ending | undefined;
  /** Asked before it is known whether a host holds any of the codes, which are all that one peer may mean. */
  abstract ask(address: string, serverCodes: readonly string[]): CodeQuestion;
}
