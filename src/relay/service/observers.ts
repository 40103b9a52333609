/** The listeners of a backend to the messages of one room (C18). */
import { Logger } from '@nestjs/common';
import { payloadsIn } from '../protocol/frame.js';
import type { Message } from '../protocol/message.js';
import type { Observer } from '../rooms/observer.js';

/** A message as its receivers get it: one of a player has its `client_id` in it. */
export interface ObservedMessage {
  readonly from: 'host' | 'player';
  /** A Buffer if it is binary, which only a host may send. */
  readonly message: string | Buffer;
}

export type MessageListener = (message: ObservedMessage) => unknown;

export class Observers implements Observer {
  private readonly logger = new Logger('Relay');
  private readonly listeners = new Set<{ readonly listener: MessageListener }>();

  get isEmpty(): boolean {
    return this.listeners.size === 0;
  }

  /** The returned function ends it. */
  add(listener: MessageListener): () => void {
    const entry = { listener };
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  fromHost(payload: Buffer, isBinary: boolean): void {
    this.tell({ from: 'host', message: isBinary ? Buffer.from(payload) : payload.toString() });
  }

  toHost(message: Message): void {
    const payload = Buffer.alloc(message.byteLength);
    message.copyTo(payload, 0);
    this.tell({ from: 'player', message: payload.toString() });
  }

  framesToHost(frames: Buffer): void {
    for (const payload of payloadsIn(frames)) this.tell({ from: 'player', message: payload.toString() });
  }

  private tell(observed: ObservedMessage): void {
    for (const { listener } of this.listeners) guarded(() => listener(observed), this.logger);
  }
}

/** Calls code of the backend, whose errors are its own: they are logged, and nothing else notices. */
export function guarded(work: () => unknown, logger: Logger): void {
  const failed = (error: unknown): void =>
    logger.error(
      `A listener of the backend has failed: ${textOf(error)}`,
      error instanceof Error ? error.stack : undefined,
    );
  try {
    const answer = work();
    // Not only a Promise: what is thenable may be another library's.
    if (isThenable(answer)) Promise.resolve(answer).catch(failed);
  } catch (error) {
    failed(error);
  }
}

/** What is thrown may have no text, or throw when it is asked for one. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return `something without a text (${typeof error})`;
  }
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof (answer as PromiseLike<unknown> | undefined | null)?.then === 'function';
}
