// A WebSocket of numbered JSON commands and their answers: what Chromium's and Firefox's protocols have in common.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { within } from '../../harness/deadline.js';

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: unknown;
  readonly message?: string;
}

interface Waiting {
  readonly resolve: (result: Record<string, unknown>) => void;
  readonly reject: (error: Error) => void;
}

export class Channel {
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.answered(JSON.parse(data.toString()) as Answer));
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('the browser is gone'));
    });
  }

  static async open(url: string): Promise<Channel> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await within(once(socket, 'open'), `the browser at ${url}`);
    return new Channel(socket);
  }

  /** Rejects with the browser's words. `more` stands beside the parameters. */
  send(method: string, params: object, more: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.last;
    const answer = new Promise<Record<string, unknown>>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    this.socket.send(JSON.stringify({ id, method, params, ...more }));
    return within(answer, `the browser's answer to ${method}`);
  }

  close(): void {
    this.socket.close();
  }

  private answered({ id, result, error, message }: Answer): void {
    const waiting = this.waiting.get(id ?? 0);
    if (id === undefined || !waiting) return;
    this.waiting.delete(id);
    if (error === undefined) waiting.resolve((result ?? {}) as Record<string, unknown>);
    else waiting.reject(new Error(`${JSON.stringify(error)} ${message ?? ''}`));
  }
}
