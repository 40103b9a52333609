/** The times by which nodes judge one another, in milliseconds; each was measured against the faults it is for. */

export interface Timings {
  /** How long the broker keeps a lease that is not renewed. */
  readonly leaseTtl: number;
  readonly renewal: number;
  /** How long a node trusts its own lease, from when it asked for it: a second less than the broker, for both clocks. */
  readonly trust: number;
  /** How long codes of an empty store wait, and how long a node must have had the broker before it takes codes over. */
  readonly quarantine: number;
  readonly heartbeat: number;
  /** After such a silence a link is lost. */
  readonly silence: number;
  /** How long an answer of the broker may take. */
  readonly request: number;
  /**
   * After which a node asks once more for a code that no node knew, as interest in a subject spreads through a cluster; and
   * one that was held, as its host may just have left.
   */
  readonly secondAsking: number;
  /** How long a host's login waits for a node that has just started. */
  readonly patience: number;
  /** Between two looks at the clock by which a node knows that it was frozen. */
  readonly tick: number;
}

export const TIMINGS: Timings = {
  leaseTtl: 5_000,
  renewal: 1_500,
  trust: 4_000,
  quarantine: 6_000,
  heartbeat: 1_000,
  silence: 3_500,
  request: 800,
  secondAsking: 100,
  patience: 8_000,
  tick: 250,
};
