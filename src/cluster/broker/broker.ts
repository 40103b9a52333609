/** What the cluster needs of a message broker. NATS is one; the tests have one that fails on demand. */

/** Called with each message; `respond` answers it, if it was a request. */
export type BrokerHandler = (subject: string, data: Buffer, respond: (answer: Buffer) => void) => void;

/** A value with the revision that the next change must name. */
export interface StoredValue {
  readonly value: string;
  readonly revision: number;
}

/**
 * A table of small texts with compare-and-set: each change names the revision that it changes, so that of two nodes that
 * change an entry at once one fails. A new store, behind a lost one, counts its revisions from 1. Every call throws
 * {@link BrokerError} when no answer comes, and calls that write throw {@link BrokerFullError}; deleting needs no space.
 */
export interface BrokerTable {
  /** Resolves to the new revision, or to `exists`. */
  create(key: string, value: string): Promise<number | 'exists'>;
  /** Resolves to the new revision, or to `changed` when the entry has another revision, or is gone. */
  update(key: string, value: string, revision: number): Promise<number | 'changed'>;
  get(key: string): Promise<StoredValue | undefined>;
  /** Does nothing when the entry was changed since, which gave it a higher revision. */
  delete(key: string, revision: number): Promise<void>;
}

export interface Broker {
  /** Whether messages can be sent now. Nothing is ever sent while they cannot: the client would keep it for later. */
  readonly isConnected: boolean;
  /** Begins to connect, for as long as it takes, and calls `changed` with each change of {@link isConnected}. */
  start(changed: (isConnected: boolean) => void | Promise<void>): void;
  /** Sends bytes, which the caller does not change afterwards. They arrive once and in order, or are lost without an error. */
  publish(subject: string, data: Buffer): void;
  /** Hears a subject, also over reconnections, until the returned function is called. */
  subscribe(subject: string, handler: BrokerHandler): () => void;
  /** Resolves to the answer, or to `unheard` when no client hears the subject. */
  request(subject: string, data: Buffer, timeout: number): Promise<Buffer | 'unheard'>;
  /**
   * Tries whether this node hears its own user. Resolves to those of the subjects at which it has heard nothing in
   * `timeout` milliseconds.
   */
  unheard(subjects: readonly string[], timeout: number): Promise<string[]>;
  /**
   * Opens a table, which is made if there is none.
   *
   * @param ttl milliseconds after which an entry that was not changed is gone; none if it stays.
   */
  table(name: string, ttl?: number): Promise<BrokerTable>;
  close(): Promise<void>;
}

/** No answer came: whether what was asked for was done is not known. */
export class BrokerError extends Error {}

/** Nothing was written, since the broker has no space left for it. */
export class BrokerFullError extends BrokerError {}
