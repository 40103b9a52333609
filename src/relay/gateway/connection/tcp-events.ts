/** What a connection hears of its TCP stream. All share the same functions: a login would pay for each that is made for it. */
import type { Socket } from 'node:net';
import type { Inbox } from './inbox.js';
import { shareBuffer } from '../node-internals/shared-buffer.js';

/** None of these may throw: Node would end the process. */
export interface StreamListener {
  readonly inbox: Pick<Inbox, 'read' | 'end'>;
  /** Nothing is left of the stream. */
  closed(): void;
}

const LISTENER = Symbol('listener');

type ListenedTo = Socket & { [LISTENER]: StreamListener };

/** Begins to read. */
export function listenTo(stream: Socket, listener: StreamListener): void {
  (stream as ListenedTo)[LISTENER] = listener;
  stream.on('close', closed);
  stream.on('end', ended);
  // A reset is not an error of ours, and `close` follows.
  stream.on('error', ignore);
  if (!shareBuffer(stream, takeShared)) stream.on('data', taken);
  stream.resume();
}

function takeShared(this: Socket, length: number, buffer: Buffer): boolean {
  return (this as ListenedTo)[LISTENER].inbox.read(buffer, length);
}

function taken(this: Socket, chunk: Buffer): void {
  if (!(this as ListenedTo)[LISTENER].inbox.read(chunk, chunk.length)) this.pause();
}

function ended(this: Socket): void {
  (this as ListenedTo)[LISTENER].inbox.end();
}

function closed(this: Socket): void {
  (this as ListenedTo)[LISTENER].closed();
}

function ignore(): void {}
