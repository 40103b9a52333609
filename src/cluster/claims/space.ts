/** Whether the broker has space left for codes. */
import { type BrokerTable, BrokerFullError } from '../broker/broker.js';

/**
 * Known to be there until something could not be written; then each look tries to write what takes as much as a code
 * does. No code is spelled like the key: see `tokenOf`.
 */
export class Space {
  isLeft = true;

  constructor(private readonly node: string) {}

  /** Takes in why something failed. */
  met(error: unknown): void {
    if (error instanceof BrokerFullError) this.isLeft = false;
  }

  /** @throws {BrokerFullError} if there is still none. */
  async look(codes: BrokerTable): Promise<void> {
    if (this.isLeft) return;
    const key = `space.${this.node}`;
    const made = await codes.create(key, this.node);
    // An earlier look may have left it behind, when no answer came.
    const revision = made === 'exists' ? (await codes.get(key))?.revision : made;
    if (revision !== undefined) await codes.delete(key, revision);
    this.isLeft = made !== 'exists';
  }
}
