/** The relay as its peers see it: an address, and connections whose first message is a login. */
import { Attempt, type AttemptListener } from './attempt.js';
import type { ConnectionOptions } from './options.js';
import { partyUrl, relayUrl } from './relay-url.js';
import type { SocketConstructor } from './socket.js';
import { surroundings } from './surroundings.js';

export class Relay {
  readonly url: URL;
  readonly #WebSocket: SocketConstructor;

  /** Throws a TypeError, in words, for what can never work. */
  constructor(options: ConnectionOptions) {
    const constructor = options.WebSocket ?? surroundings.WebSocket;
    if (!constructor)
      throw new TypeError('There is no global WebSocket here: pass `WebSocket` of the package ws.');
    this.#WebSocket = constructor;
    this.url = relayUrl(options.url, surroundings.location?.href);
  }

  /** Throws what the constructor of the WebSocket throws. */
  connect(serverCode: string, isHost: boolean, listener: AttemptListener): Attempt {
    return new Attempt(this.#WebSocket, partyUrl(this.url, serverCode), isHost, listener);
  }
}
