/** What is known of an ending, besides the phase in which it comes. */

export type EndingLevel = 'debug' | 'log' | 'warn' | 'error';

/**
 * Whether a client should try again: never, since the answer will be the same; later, since it may change; or now,
 * since nothing is wrong with the client or its code.
 */
export type Retry = 'never' | 'later' | 'now';

export interface EndingFacts {
  /** Level of the log line: what happens at every party, what operators do, what a peer or we did wrong. */
  readonly level: EndingLevel;
  /** The rule of SPEC.md that was applied; `ruleOf` knows the exceptions. */
  readonly rule: string;
  /** The rule for a host, where it is another than for a player. */
  readonly hostRule?: string;
  /** The rule for a connection that has not logged in, where it is another. */
  readonly earlyRule?: string;
  readonly retry: Retry;
  /** Operators read it behind the name of the connection; `{code}` is the code that it named. */
  readonly meaning: string;
  /** The peer's own user interface may show this sentence; `{code}` is the code that it named. */
  readonly hint: string;
  /** What an operator can do about it, with options as flags; none if there is nothing to do. */
  readonly advice?: string;
  /** True if the peer went before the relay decided anything. */
  readonly byPeer?: true;
  /** True if a network can be the cause: the peer may not even know, and come back (R10). */
  readonly byNetwork?: true;
  /** WebSocket close status that the peer sees; none is silence. */
  readonly status?: number;
  /** Whether the TCP connection is reset at once, since the peer reads no close frame. */
  readonly cut?: true;
}

export const SEE_PROTOCOL = 'The game or its controller must be corrected: see PROTOCOL.md.';

/** Advice on a limit per address. */
export function raise(options: string): string {
  return `A school, or everyone behind one proxy, is one address: see --trust-proxy, or raise ${options}.`;
}
