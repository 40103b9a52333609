/** A key-value bucket as a table. */
import { performance } from 'node:perf_hooks';
import type { StreamAPI } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import { BrokerError, type BrokerTable, type StoredValue } from '../broker.js';
import { codeOf, brokerError } from './nats-errors.js';

/** JetStream's word for "the entry is not at the revision that you named". */
const WRONG_REVISION: readonly number[] = [10071, 10164];

/** And for "there is no such entry", by its name or by its revision. */
const NO_ENTRY: readonly number[] = [10037, 10057];

/** Milliseconds for which what was seen may be acted upon: a store that was lost and made again takes longer. */
const LOOK_HOLDS = 500;

export class NatsTable implements BrokerTable {
  constructor(
    private readonly name: string,
    private readonly bucket: KV,
    private readonly streams: StreamAPI,
    private readonly countsPurges: boolean,
  ) {}

  create(key: string, value: string): Promise<number | 'exists'> {
    return answered(this.bucket.create(key, value), WRONG_REVISION, 'exists');
  }

  update(key: string, value: string, revision: number): Promise<number | 'changed'> {
    return answered(this.bucket.update(key, value, revision), WRONG_REVISION, 'changed');
  }

  async get(key: string): Promise<StoredValue | undefined> {
    const entry = await answered(this.bucket.get(key), NO_ENTRY, null);
    if (entry === null || entry.operation !== 'PUT') return undefined;
    return { value: entry.string(), revision: entry.revision };
  }

  /**
   * By a purge of the stream beneath, up to the revision: the bucket's own delete would leave a marker for ever behind
   * each code that anybody has ever used, and could not be written when no space is left (B20).
   */
  async delete(key: string, revision: number): Promise<void> {
    if (!this.countsPurges) return this.takeOut(key, revision);
    const filter = `$KV.${this.name}.${key}`;
    await answered(this.streams.purge(this.stream, { filter, seq: revision + 1 }), [], undefined);
  }

  /**
   * The same for a server that does not count it when a purge has made room. Only the revision names what is taken out,
   * and another store could have given it to another entry: so the entry is looked at right before.
   */
  private async takeOut(key: string, revision: number): Promise<void> {
    const lookedAt = performance.now();
    const entry = await this.get(key);
    if (entry?.revision !== revision) return;
    if (performance.now() - lookedAt > LOOK_HOLDS) throw new BrokerError('the node stood still');
    await answered(this.streams.deleteMessage(this.stream, revision, false), NO_ENTRY, false);
  }

  private get stream(): string {
    return `KV_${this.name}`;
  }
}

/** Whether a server of that version has room again for what was purged: those before 2.9.15 do not until they restart. */
export function countsPurges(version = ''): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map((part) => parseInt(part, 10));
  return major * 1e6 + minor * 1e3 + patch >= 2_009_015;
}

/** The answer, or `otherwise` for an answer with one of these codes. */
async function answered<T, O>(call: Promise<T>, codes: readonly number[], otherwise: O): Promise<T | O> {
  try {
    return await call;
  } catch (error) {
    if (codes.includes(codeOf(error))) return otherwise;
    throw brokerError(error);
  }
}
