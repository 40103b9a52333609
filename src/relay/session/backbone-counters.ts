/** What the backbone of a node did, as plain numbers that only grow, but for the gauges at the top. */

/** Why a link between two nodes was given up. */
export type LinkLoss =
  /** A frame of the other node is missing. */
  | 'gap'
  /** Nothing was heard of the other node for too long. */
  | 'silence'
  /** The other node has begun again. */
  | 'other-incarnation'
  /** The other node has given the link up. */
  | 'reset'
  /** This node lost the broker. */
  | 'broker-lost'
  /** What came cannot be read. */
  | 'garbled'
  /** Too much waits for the other node. */
  | 'overrun'
  /** This node was frozen, or stops. */
  | 'closed';

/** How a claim ended. */
export type ClaimResult = 'granted' | 'taken-over' | 'taken' | 'away';

export class BackboneCounters {
  /** Links that are up now. */
  links = 0;
  /** Players of other nodes in rooms of this node, and players of this node in rooms of other nodes, now. */
  guests = 0;
  visitors = 0;

  framesSent = 0;
  framesReceived = 0;
  bytesSent = 0;
  bytesReceived = 0;
  /** Rooms that were ended because another node holds, or may hold, their code. */
  fenced = 0;
  /** Times that the broker was lost. */
  brokerLosses = 0;
  readonly linkLosses: Record<LinkLoss, number> = {
    gap: 0,
    silence: 0,
    'other-incarnation': 0,
    reset: 0,
    'broker-lost': 0,
    garbled: 0,
    overrun: 0,
    closed: 0,
  };
  readonly claims: Record<ClaimResult, number> = { granted: 0, 'taken-over': 0, taken: 0, away: 0 };
}
