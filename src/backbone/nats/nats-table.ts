/** A key-value bucket as a table. */
import type { StreamAPI } from '@nats-io/jetstream';
import type { KV } from '@nats-io/kv';
import type { EngineTable, StoredValue } from '../engine.js';
import { codeOf, engineError } from './nats-errors.js';

/** JetStream's word for "the entry is not at the revision that you named". */
const WRONG_REVISION: readonly number[] = [10071, 10164];

/** And for "there is no such entry". */
const NO_ENTRY = 10037;

export class NatsTable implements EngineTable {
  constructor(
    private readonly name: string,
    private readonly bucket: KV,
    private readonly streams: StreamAPI,
  ) {}

  create(key: string, value: string): Promise<number | 'exists'> {
    return answered(this.bucket.create(key, value), WRONG_REVISION, 'exists');
  }

  update(key: string, value: string, revision: number): Promise<number | 'changed'> {
    return answered(this.bucket.update(key, value, revision), WRONG_REVISION, 'changed');
  }

  async get(key: string): Promise<StoredValue | undefined> {
    const entry = await answered(this.bucket.get(key), [NO_ENTRY], null);
    if (entry === null || entry.operation !== 'PUT') return undefined;
    return { value: entry.string(), revision: entry.revision };
  }

  /**
   * By a purge of the stream beneath, up to the revision: the bucket's own delete would leave a marker for ever behind
   * each code that anybody has ever used.
   */
  async delete(key: string, revision: number): Promise<void> {
    const filter = `$KV.${this.name}.${key}`;
    await answered(this.streams.purge(`KV_${this.name}`, { filter, seq: revision + 1 }), [], undefined);
  }
}

/** The answer, or `otherwise` for an answer with one of these codes. */
async function answered<T, O>(call: Promise<T>, codes: readonly number[], otherwise: O): Promise<T | O> {
  try {
    return await call;
  } catch (error) {
    if (codes.includes(codeOf(error))) return otherwise;
    throw engineError(error);
  }
}
