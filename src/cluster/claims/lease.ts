/** A node's sign of life at the broker, and how far the node may trust it. */
import type { BrokerTable } from '../broker/broker.js';

/** One entry that the broker forgets when it is not renewed. All nodes see whether it is there. */
export class Lease {
  /** 0 if there is none that this node knows of. */
  private revision = 0;
  /**
   * Whether it was gone since {@link takeGap}, so that others may have taken what this node holds. Kept here and not
   * returned, since a renewal may succeed after its caller has given up on it.
   */
  private wasGone = true;

  constructor(private readonly node: string) {}

  async renew(leases: BrokerTable): Promise<void> {
    const isKept = this.revision > 0 && (await this.update(leases));
    if (!isKept) await this.make(leases);
  }

  /** Whether it was gone; asked once for each time. */
  takeGap(): boolean {
    const { wasGone } = this;
    this.wasGone = false;
    return wasGone;
  }

  private async update(leases: BrokerTable): Promise<boolean> {
    const updated = await leases.update(this.node, VALUE, this.revision);
    if (updated !== 'changed') this.revision = updated;
    return updated !== 'changed';
  }

  private async make(leases: BrokerTable): Promise<void> {
    this.revision = 0;
    this.wasGone = true;
    const created = await leases.create(this.node, VALUE);
    if (created !== 'exists') {
      this.revision = created;
      return;
    }
    // Only this node writes this key: an answer to an earlier renewal was lost, and with it whether the lease was gone.
    this.revision = (await leases.get(this.node))?.revision ?? 0;
    if (this.revision > 0 && (await this.update(leases))) return;
    throw new Error('another process writes the lease of this node');
  }

  async release(leases: BrokerTable): Promise<void> {
    if (this.revision > 0) await leases.delete(this.node, this.revision);
    this.revision = 0;
  }
}

const VALUE = 'here';
