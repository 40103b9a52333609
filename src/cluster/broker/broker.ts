/** What the backbone needs of a message broker. NATS is one; the tests have one that fails as they like. */

/** Told of each message; `respond` answers it, if it was a request. */
export type BrokerHandler = (subject: string, data: Buffer, respond: (answer: Buffer) => void) => void;

/** A value with the revision that the next change must name. */
export interface StoredValue {
  readonly value: string;
  readonly revision: number;
}

/**
 * A table of small texts in which each change names what it changes, so that of two who change the same entry at
 * once one learns of the other. A store that was lost counts its revisions anew. Every call throws {@link BrokerError}
 * when no answer comes, and those that write {@link BrokerFullError}; what is deleted needs no space.
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
  /** Begins to connect, for as long as it takes. The listener is told of each change of {@link isConnected}. */
  start(changed: (isConnected: boolean) => void | Promise<void>): void;
  /** Sends bytes that nobody changes afterwards. Delivered at most once, in order, or not at all without a word. */
  publish(subject: string, data: Buffer): void;
  /** Hears a subject, also over reconnections, until the returned function is called. */
  subscribe(subject: string, handler: BrokerHandler): () => void;
  /** Resolves to the answer, or to `nobody` when no one hears the subject. */
  request(subject: string, data: Buffer, timeout: number): Promise<Buffer | 'nobody'>;
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
