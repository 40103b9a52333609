/** What a shared backbone is made of. */
import type { RoomDirectory } from '../relay/rooms/room-directory.js';
import type { Turn } from '../relay/rooms/turn.js';
import type { Seats } from '../relay/seats/seats.js';
import type { BackboneState } from '../relay/session/backbone.js';
import type { LinkLoss } from '../relay/session/backbone-counters.js';
import type { Clock } from './clock.js';
import type { Broker } from './broker/broker.js';
import type { FrozenWatch } from './claims/frozen-watch.js';
import type { Timings } from './timings.js';

/** Told of what an operator wants to know. */
export interface BackboneLog {
  stateChanged(state: BackboneState): void;
  linkLost(node: string, loss: LinkLoss): void;
  fenced(serverCode: string): void;
  failed(error: unknown): void;
}

export interface SharedParts {
  readonly broker: Broker;
  readonly rooms: RoomDirectory;
  readonly seats: Seats;
  readonly turn: Turn;
  readonly clock: Clock;
  /** Asked before anything leaves, by the turn above as well. */
  readonly watch: FrozenWatch;
  readonly timings: Timings;
  readonly prefix: string;
  readonly maxPlayersPerRoom: number;
  /** Seconds that a silent host may take to say something when its code is asked for (R39). */
  readonly probeHost: number;
  /** Bytes that may wait for one other node. */
  readonly maxQueued: number;
  readonly log: BackboneLog;
}
