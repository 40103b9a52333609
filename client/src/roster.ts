/**
 * Who is there, by the relay's notices. Person and connection are two things: a phone that reloads or changes its
 * network has a new connection while the relay still counts the old one, for up to a minute.
 */
import type { Message } from './message.js';

export interface RosterListener {
  /** A new connection, which has seen nothing yet; `back` if an older one under this id still counts. */
  joined(clientId: string, back: boolean): void;
  /** The last connection under this id is gone. */
  left(clientId: string): void;
}

export class Roster {
  readonly #connections = new Map<string, number>();
  readonly #listener: RosterListener;

  constructor(listener: RosterListener) {
    this.#listener = listener;
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
      this.#listener.joined(clientId, before > 0);
    } else if (before > 1) {
      this.#connections.set(clientId, before - 1);
    } else if (this.#connections.delete(clientId)) {
      this.#listener.left(clientId);
    }
    return true;
  }

  /** The host's connection is gone, and the relay has let everybody go with it. */
  clear(): void {
    const { ids } = this;
    this.#connections.clear();
    ids.forEach((id) => this.#listener.left(id));
  }
}
