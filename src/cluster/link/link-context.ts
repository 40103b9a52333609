/** What a link has around it: its node below, its players above. */
import type { Turn } from '../../relay/rooms/turn.js';
import type { BackboneCounters, LinkLoss } from '../../relay/session/backbone-counters.js';
import type { RecordType } from './record.js';

/** What all links of a node share; made once, by the node. */
export interface LinkContext {
  readonly counters: BackboneCounters;
  readonly turn: Turn;
  /** Bytes that may wait beyond the window before the link gives the other node up. */
  readonly maxQueued: number;
  /** Milliseconds of a monotonic clock. */
  now(): number;
  publish(node: string, frame: Buffer): void;
  /** An error of ours while a link handled a record. */
  failed(error: unknown): void;
}

/** The players at this end of a link; the link calls them. */
export interface LinkListener {
  /** The bytes are only lent. */
  record(type: RecordType, about: number, bytes: Buffer): void;
  /** The window is full, or all that waited has left. */
  starved(isStarved: boolean): void;
  /** Called once, when the link is given up: nothing comes or goes after that. */
  lost(loss: LinkLoss): void;
}

/** A gathering that has something to say before a link's frame leaves. */
export interface Settling {
  settle(): void;
}
