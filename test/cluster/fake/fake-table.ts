// The tables of a fake broker, and how a client sees them.
import { BrokerFullError, type BrokerTable, type StoredValue } from '../../../src/cluster/broker/broker.js';
import type { FakeTime } from './fake-clock.js';

/** The broker's side of a table. */
export class FakeTable {
  private readonly entries = new Map<string, StoredValue & { readonly at: number }>();
  private revisions = 0;

  constructor(
    private readonly time: FakeTime,
    private readonly ttl: number,
    private readonly hasRoom: () => boolean,
  ) {}

  /** Entries that are not forgotten yet. */
  get size(): number {
    return [...this.entries.keys()].filter((key) => this.get(key) !== undefined).length;
  }

  get(key: string): StoredValue | undefined {
    const entry = this.entries.get(key);
    const isOld = entry !== undefined && this.ttl > 0 && this.time.now - entry.at >= this.ttl;
    return isOld ? undefined : entry;
  }

  put(key: string, value: string, revision: number): number | undefined {
    if ((this.get(key)?.revision ?? 0) !== revision) return undefined;
    // A change is written before what it replaces goes.
    if (!this.hasRoom()) throw new BrokerFullError('no space is left');
    this.entries.set(key, { value, revision: ++this.revisions, at: this.time.now });
    return this.revisions;
  }

  /** Up to the revision, as a purge does. */
  delete(key: string, revision: number): void {
    const entry = this.get(key);
    if (entry !== undefined && entry.revision <= revision) this.entries.delete(key);
  }
}

/** The client through which a table is asked. */
interface Asking {
  ask<T>(question: () => T): Promise<T>;
}

/** The broker that has the tables. */
interface Tables {
  table(name: string, ttl: number): FakeTable;
}

/** A client's side: an empty broker has none of what it had. */
export class FarTable implements BrokerTable {
  constructor(
    private readonly name: string,
    private readonly ttl: number,
    private readonly client: Asking,
    private readonly broker: Tables,
  ) {}

  create(key: string, value: string): Promise<number | 'exists'> {
    return this.client.ask(() => this.table.put(key, value, 0) ?? 'exists');
  }

  update(key: string, value: string, revision: number): Promise<number | 'changed'> {
    return this.client.ask(() => this.table.put(key, value, revision) ?? 'changed');
  }

  get(key: string): Promise<StoredValue | undefined> {
    return this.client.ask(() => this.table.get(key));
  }

  delete(key: string, revision: number): Promise<void> {
    return this.client.ask(() => this.table.delete(key, revision));
  }

  private get table(): FakeTable {
    return this.broker.table(this.name, this.ttl);
  }
}
