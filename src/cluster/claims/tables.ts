/** What all nodes share at the broker. */
import type { BrokerTable, StoredValue } from '../broker/broker.js';
import { keyIn, nameOf } from './epoch.js';

/** The two tables, as they are in one epoch. */
export class Tables {
  /** Code to the node that holds it. */
  readonly codes: BrokerTable;

  /**
   * @param leases node to its sign of life; an entry that is not renewed goes.
   * @param store the table of codes as it lies at the broker, over all epochs.
   */
  constructor(
    readonly leases: BrokerTable,
    readonly store: BrokerTable,
    private readonly epoch: string,
  ) {
    this.codes = new EpochTable(store, epoch);
  }

  /** These tables, if that is their epoch; otherwise others. */
  in(epoch: string): Tables {
    return epoch === this.epoch ? this : new Tables(this.leases, this.store, epoch);
  }

  /** Whether the broker has not lost them; asked behind what must not have been done in another store. */
  async areStillThere(): Promise<boolean> {
    return (await nameOf(this.store)) === this.epoch;
  }
}

/**
 * A change meant for one store must not reach the next, which counts its revisions from 1: a node may stand still
 * between an answer and what it does upon it. So the entries of each epoch have separate keys.
 */
class EpochTable implements BrokerTable {
  constructor(
    private readonly store: BrokerTable,
    private readonly epoch: string,
  ) {}

  create(key: string, value: string): Promise<number | 'exists'> {
    return this.store.create(keyIn(this.epoch, key), value);
  }

  update(key: string, value: string, revision: number): Promise<number | 'changed'> {
    return this.store.update(keyIn(this.epoch, key), value, revision);
  }

  get(key: string): Promise<StoredValue | undefined> {
    return this.store.get(keyIn(this.epoch, key));
  }

  delete(key: string, revision: number): Promise<void> {
    return this.store.delete(keyIn(this.epoch, key), revision);
  }
}
