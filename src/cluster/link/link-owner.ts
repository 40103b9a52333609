/** Who a link belongs to, and who writes on it. */
import type { Turn } from '../../relay/rooms/turn.js';
import type { BackboneCounters, LinkLoss } from '../../relay/session/backbone-counters.js';
import type { Link } from './link.js';

/** What a link needs of its node. */
export interface LinkOwner {
  readonly counters: BackboneCounters;
  readonly turn: Turn;
  /** Bytes that may wait beyond the window before the other node is given up. */
  readonly maxQueued: number;
  now(): number;
  publish(node: string, frame: Buffer): void;
  /** Told once, when the link is given up; nothing comes or goes any more. */
  lost(link: Link, loss: LinkLoss): void;
  /** Told when the window is full, and when all that waited has gone. */
  starved(link: Link, isStarved: boolean): void;
  /** An error of ours while a record was handled. */
  failed(error: unknown): void;
}

/** A gathering that has something to say before a link's frame leaves. */
export interface Settling {
  settle(): void;
}
