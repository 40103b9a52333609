/** Which ids a room has had, in a few bytes for each: what peers call themselves is not kept. */

/** Ids that are remembered of a room; of a larger room the relay cannot say who was never there. */
const MOST_IN_ROOM = 2_000;

/** Ids that are remembered of all rooms: some 10 MiB. */
export const MOST_IDS = 250_000;

/** What is left for all rooms together. */
export class IdBudget {
  left = MOST_IDS;
}

/** Two ids may share a hash: then one that was never here is not noticed, and no game is accused. */
export class KnownIds {
  private hashes: Set<number> | undefined = new Set();

  constructor(private readonly budget: IdBudget) {}

  add(id: string): void {
    if (this.hashes === undefined) return;
    const before = this.hashes.size;
    this.budget.left -= this.hashes.add(hashOf(id)).size - before;
    if (this.hashes.size > MOST_IN_ROOM || this.budget.left < 0) this.forget();
  }

  /** Whether it is certain that the room never had the id. */
  isStrange(id: string): boolean {
    return this.hashes !== undefined && !this.hashes.has(hashOf(id));
  }

  /** From now on the relay cannot say who was here. */
  forget(): void {
    this.budget.left += this.hashes?.size ?? 0;
    this.hashes = undefined;
  }
}

/** FNV-1a, over UTF-16. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
