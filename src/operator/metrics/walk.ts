/** What can only be counted by walking all rooms and connections: walked once for all metrics of a scrape. */
import type { RelayMonitor, Totals } from '../../relay/service/relay.monitor.js';

export class Walk {
  private counted: { readonly totals: Totals; readonly roomSizes: readonly number[] } | undefined;

  constructor(private readonly monitor: RelayMonitor) {}

  get totals(): Totals {
    return this.now.totals;
  }

  /** How many players each room has. */
  get roomSizes(): readonly number[] {
    return this.now.roomSizes;
  }

  /** The metrics of a scrape are read in one turn, so what is kept is of now. */
  private get now(): NonNullable<typeof this.counted> {
    if (this.counted !== undefined) return this.counted;
    setImmediate(() => (this.counted = undefined));
    this.counted = { totals: this.monitor.totals(), roomSizes: this.monitor.roomSizes() };
    return this.counted;
  }
}
