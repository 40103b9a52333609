/** Which names are those of nodes that live. */
import type { Clock } from './clock.js';

/** Names that are asked about at the same time; more are forged. */
const MOST_ASKED = 1_000;

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
 * Whoever may publish at the broker can name any node. So nothing is kept for a node, and no link made to it, before the
 * table of leases has it; it is asked once for a link, and not again for as long as a lease may last.
 */
export class LivingNodes {
  private readonly knownUntil = new Map<string, number>();
  private readonly asking = new Map<string, Promise<boolean>>();

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

  /** Resolves to whether the node lives; to false also if nobody can say. Never rejects. */
  ask(node: string): Promise<boolean> {
    const asked = this.asking.get(node);
    if (asked !== undefined) return asked;
    if (node === this.self || this.asking.size >= MOST_ASKED) return Promise.resolve(false);
    const answer = this.look(node).finally(() => this.asking.delete(node));
    this.asking.set(node, answer);
    return answer;
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
