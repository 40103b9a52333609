/** Knows which names belong to nodes that live. */
import type { Clock } from '../clock.js';

/**
 * Names that are asked about in a second, and at once after a quiet one. More are forged, and must not keep the broker
 * from renewing the lease of this node, which asks it for as much as each of them does.
 */
const ASKED_PER_SECOND = 256;

/** Names that are remembered, each of which had a lease. */
const MOST_KNOWN = 1_000;

/** What this needs of its node. */
export interface LivingNodesOwner {
  /** Whether there is a link to the node: it was asked about before. */
  hasLink(node: string): boolean;
  /** Whether the node has a lease. Rejects if the broker does not say. */
  hasLease(node: string): Promise<boolean>;
  failed(error: unknown): void;
}

/**
 * A process that may publish at the broker can name any node. So nothing is kept for a node, and no link made to it, before the
 * table of leases has it; it is asked once for a link, and not again for as long as a lease may last.
 */
export class LivingNodes {
  private readonly knownUntil = new Map<string, number>();
  private readonly asking = new Map<string, Promise<boolean>>();
  private budget = ASKED_PER_SECOND;
  private countedAt = 0;

  /** @param memory milliseconds for which an answer holds. */
  constructor(
    private readonly self: string,
    private readonly clock: Clock,
    private readonly memory: number,
    private readonly owner: LivingNodesOwner,
  ) {}

  isKnown(node: string): boolean {
    return this.owner.hasLink(node) || this.clock.now() < (this.knownUntil.get(node) ?? 0);
  }

  /**
   * Resolves to whether the node lives; to false also if the broker does not say. Never rejects. Undefined if there are
   * too many names to ask about.
   */
  ask(node: string): Promise<boolean> | undefined {
    const asked = this.asking.get(node);
    if (asked !== undefined) return asked;
    if (node === this.self || !this.mayAsk()) return undefined;
    const answer = this.look(node).finally(() => this.asking.delete(node));
    this.asking.set(node, answer);
    return answer;
  }

  private mayAsk(): boolean {
    const now = this.clock.now();
    const earned = ((now - this.countedAt) * ASKED_PER_SECOND) / 1_000;
    this.budget = Math.min(ASKED_PER_SECOND, this.budget + earned);
    this.countedAt = now;
    if (this.budget < 1) return false;
    this.budget--;
    return true;
  }

  private async look(node: string): Promise<boolean> {
    try {
      const isLiving = await this.owner.hasLease(node);
      if (isLiving) this.remember(node);
      return isLiving;
    } catch (error) {
      this.owner.failed(error);
      return false;
    }
  }

  private remember(node: string): void {
    this.knownUntil.delete(node);
    this.knownUntil.set(node, this.clock.now() + this.memory);
    const [oldest = node] = this.knownUntil.keys();
    if (this.knownUntil.size > MOST_KNOWN) this.knownUntil.delete(oldest);
  }
}
