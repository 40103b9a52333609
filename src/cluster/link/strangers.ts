/** Frames of nodes that the broker has not confirmed to live yet. */
import { ownCopy } from '../../relay/rooms/own-copy.js';
import { FRAME_MAX } from './frame-writer.js';
import { type Links, beginsLink } from './links.js';
import { WINDOW } from './link.js';
import type { LivingNodes } from './living-nodes.js';
import { isNodeName } from '../broker/names.js';

/** Bytes of all frames that wait: what some nodes may send at once before they hear an answer (B11). */
const MOST_WAITING = 8 * WINDOW;

/** What a frame that waits takes besides its bytes. */
const EACH = 256;

/**
 * A node that has let in a player of this one begins the link, and nothing was heard of it before. Its frames wait, in
 * order, until the broker has said that it lives; those of a node that does not are dropped.
 */
export class Strangers {
  private readonly waiting = new Map<string, Buffer[]>();
  private waitingBytes = 0;

  /** @param check asked before a frame that has waited is read (B5). */
  constructor(
    private readonly links: Links,
    private readonly living: LivingNodes,
    private readonly check: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  receive(node: string, frame: Buffer): void {
    const before = this.waiting.get(node);
    if (before !== undefined) return this.keep(before, frame);
    if (this.links.has(node)) return this.links.receive(node, frame);
    if (!isNodeName(node) || frame.length > FRAME_MAX) return;
    if (!beginsLink(frame) || this.living.isKnown(node)) return this.links.receive(node, frame);
    const answer = this.living.ask(node);
    if (answer === undefined) return this.links.refuse(node, frame);
    const frames: Buffer[] = [];
    this.keep(frames, frame);
    this.waiting.set(node, frames);
    void this.decide(node, answer);
  }

  /** What waits is of links that are lost. */
  clear(): void {
    for (const node of [...this.waiting.keys()]) this.take(node);
  }

  private async decide(node: string, answer: Promise<boolean>): Promise<void> {
    try {
      const isLiving = await answer;
      this.check();
      for (const frame of this.take(node)) {
        if (isLiving) this.links.receive(node, frame);
        else this.links.refuse(node, frame);
      }
    } catch (error) {
      this.take(node);
      this.failed(error);
    }
  }

  /** One that finds no room is lost, which the link notices as it notices any other (B4). */
  private keep(frames: Buffer[], frame: Buffer): void {
    if (this.waitingBytes + frame.length + EACH > MOST_WAITING) return;
    this.waitingBytes += frame.length + EACH;
    frames.push(ownCopy(frame));
  }

  private take(node: string): Buffer[] {
    const frames = this.waiting.get(node) ?? [];
    this.waiting.delete(node);
    for (const { length } of frames) this.waitingBytes -= length + EACH;
    return frames;
  }
}
