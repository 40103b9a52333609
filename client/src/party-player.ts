/** The phone's side: join a party by its code, and stay in it. */
import { normalCode } from './code.js';
import { Emitter } from './events.js';
import { clientIdOf } from './identity.js';
import { Lifeline } from './lifeline.js';
import { type Message, readObject } from './message.js';
import type { ConnectionOptions } from './options.js';
import { CLOSED } from './reason.js';
import { FINAL, type Outcome, type Role, type Verdict } from './role.js';
import type { Status } from './status.js';
import type { StorePlace } from './store.js';

export interface PlayerOptions extends ConnectionOptions {
  /** What the big screen shows; spaces around it and lower case do not matter. */
  readonly code: string;
  /** Who this is. Unless given, a random id that stays the same on this phone. */
  readonly clientId?: string;
  /** Where that id is kept. Default `'localStorage'`; `'sessionStorage'` makes each tab a player of its own. */
  readonly store?: StorePlace;
}

export interface PlayerEvents<FromHost> {
  /** The host said something, to this player or to all, in a text or binary frame; `receiver_id` is left out. */
  message: [message: FromHost];
  /** The host sent what is not a JSON object: other text, or binary (an ArrayBuffer). */
  raw: [data: unknown];
  status: [status: Status];
}

const REFUSALS_TO_BELIEVE = 3;

/**
 * A player. It connects when it is made; whoever listens right after that misses nothing.
 *
 * `FromHost` and `ToHost` are the messages of the game. The words `connect` and `disconnect` as `action` of a
 * message belong to the relay: a host could not tell them from its notices.
 */
export class PartyPlayer<FromHost extends object = Message, ToHost extends object = Message> extends Emitter<
  PlayerEvents<FromHost>
> {
  readonly code: string;
  readonly clientId: string;
  readonly #lifeline: Lifeline;

  /** Throws a TypeError, in words, if the code is empty or the URL can never work. */
  constructor(options: PlayerOptions) {
    super();
    this.code = normalCode(options.code);
    if (!this.code) throw new TypeError('Type the code that the big screen shows.');
    this.clientId = options.clientId ?? clientIdOf(options.store);
    this.#lifeline = new Lifeline(options, this.#role());
    this.#lifeline.start();
  }

  get status(): Status {
    return this.#lifeline.status;
  }

  /**
   * Sends, or keeps the message until there is a connection. False if one had to be dropped: nothing is sent after
   * the end, and of too many that wait the oldest goes.
   */
  send(message: ToHost): boolean {
    return this.#lifeline.send(JSON.stringify(message));
  }

  /** Sends now or not at all: for what is stale a moment later, as the position of a thumb. */
  sendIfOpen(message: ToHost): boolean {
    return this.#lifeline.sendIfOpen(JSON.stringify(message));
  }

  /** Tries again at once, also after the end. */
  retry(): void {
    this.#lifeline.start();
  }

  /** Leaves the party. */
  close(): void {
    this.#lifeline.end();
  }

  #role(): Role {
    return {
      action: 'login_client',
      replaceable: true,
      identify: () => ({ server_code: this.code, client_id: this.clientId }),
      receive: (data) => this.#receive(data),
      judge: (outcome) => this.#judge(outcome),
      changed: (status) => this.emit('status', status),
    };
  }

  #receive(data: unknown): void {
    const message = readObject(data);
    if (!message) return this.emit('raw', data);
    delete message['receiver_id'];
    this.emit('message', message as FromHost);
  }

  #judge({ reason, refused, refusals, recentlyJoined }: Outcome): Verdict {
    if (FINAL.includes(reason.code)) return reason;
    if (!refused || recentlyJoined) return 'retry';
    if (reason.code === 'no-such-code') return reason;
    if (reason.code !== CLOSED.code || refusals < REFUSALS_TO_BELIEVE) return 'retry';
    return { code: CLOSED.code, text: `${CLOSED.text} Probably no game is running under ${this.code}.` };
  }
}
