/** Who is there, by the relay's notices. A phone that reloads is two connections under one id for a moment. */
import type { Message } from './message.js';

export class Roster {
  readonly #connections = new Map<string, number>();
  readonly #joined: (clientId: string) => void;
  readonly #left: (clientId: string) => void;

  constructor(joined: (clientId: string) => void, left: (clientId: string) => void) {
    this.#joined = joined;
    this.#left = left;
  }

  get ids(): string[] {
    return [...this.#connections.keys()];
  }

  /** True if the message (without its `client_id`) is a notice; the list is then up to date. */
  noticed({ action, ...rest }: Message, clientId: string): boolean {
    if ((action !== 'connect' && action !== 'disconnect') || Object.keys(rest).length > 0) return false;
    const before = this.#connections.get(clientId) ?? 0;
    if (action === 'connect') {
      this.#connections.set(clientId, before + 1);
      if (before === 0) this.#joined(clientId);
    } else if (before > 1) {
      this.#connections.set(clientId, before - 1);
    } else if (this.#connections.delete(clientId)) {
      this.#left(clientId);
    }
    return true;
  }

  /** The host's connection is gone, and the relay has let everybody go with it. */
  clear(): void {
    const { ids } = this;
    this.#connections.clear();
    ids.forEach(this.#left);
  }
}
