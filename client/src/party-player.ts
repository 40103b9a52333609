/** The phone's side: join a party by its code, and stay in it. */
import { normalCode } from './code.js';
import { Emitter } from './events.js';
import { clientIdOf } from './identity.js';
import { Lifeline } from './lifeline.js';
import { type Message, readObject } from './message.js';
import { type ConnectionOptions, numbersOf } from './options.js';
import { CLOSED, hostAway, type Reason, type Rejection } from './reason.js';
import { Recent } from './recent.js';
import type { Welcome, Word } from './relay-words.js';
import type { Outcome, Role, Verdict } from './role.js';
import type { Status } from './status.js';
import { surroundings } from './surroundings.js';

export interface PlayerOptions extends ConnectionOptions {
  /** What the big screen shows; spaces around it and lower case do not matter. */
  readonly code: string;
  /** Who this is. Unless given, a random id that stays the same on this phone. */
  readonly clientId?: string;
}

export interface PlayerEvents<FromHost> {
  /**
   * The connection of the big screen is lost, and this one waits for it at the relay; or the big screen is back. Unless
   * that is `resumed`, it may have missed something.
   */
  host: ['away'] | ['back', { readonly resumed: boolean }];
  /** The host said something, to this player or to all; `receiver_id` is left out. */
  message: [message: FromHost];
  /** The host sent what is not a JSON object: other text, or binary (an ArrayBuffer). */
  raw: [data: unknown];
  /** A message was too large to be sent. */
  rejected: [rejection: Rejection];
  status: [status: Status];
}

const WAITS: Reason = hostAway('The relay holds the party until its host is back.');
const REFUSALS_TO_BELIEVE = 3;
const STORE_KEY = 'carparty:joined';
/** What a login is answered where no host holds the code. */
const NO_HOST: readonly string[] = ['no-such-code', CLOSED.code];

/**
 * A player. It connects when it is constructed; a listener that is added right after that misses nothing.
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
  readonly #recent: Recent;
  #isHostAway = false;

  /** Throws a TypeError, in words, if the code is empty or the URL can never work. */
  constructor(options: PlayerOptions) {
    super();
    this.code = normalCode(options.code);
    if (!this.code) throw new TypeError('Type the code that the big screen shows.');
    this.clientId = options.clientId ?? clientIdOf(options.store);
    this.#recent = new Recent(options.store ?? 'localStorage', STORE_KEY, numbersOf(options).patience);
    this.#lifeline = new Lifeline(options, this.#role());
    this.#lifeline.start();
  }

  get status(): Status {
    return this.#lifeline.status;
  }

  /** Milliseconds since the host was heard; undefined before its first message. */
  get quietFor(): number | undefined {
    return this.#lifeline.quietFor;
  }

  /**
   * Sends, or keeps the message until there is a connection. False if one had to be dropped: one that is too
   * large, any after the end, and of too many that wait the oldest. Throws a TypeError for anything but an object.
   */
  send(message: ToHost): boolean {
    return this.#lifeline.send(textOf(message));
  }

  /** Sends now or not at all: for what is stale a moment later, as the position of a thumb. */
  sendIfOpen(message: ToHost): boolean {
    return this.#lifeline.sendIfOpen(textOf(message));
  }

  /** Opens another connection at once, also after the end, and also in place of a connection that is there. */
  retry(): void {
    this.#lifeline.start();
  }

  /** Leaves the party. */
  close(): void {
    this.#lifeline.end();
  }

  #role(): Role {
    const missing = (): Reason | undefined => (this.#isHostAway ? WAITS : undefined);
    return {
      action: 'login_client',
      recent: this.#recent,
      get expects() {
        return !missing();
      },
      get missing() {
        return missing();
      },
      wishes: {},
      identify: () => ({ server_code: this.code, client_id: this.clientId }),
      entered: (welcome) => this.#entered(welcome),
      receive: (data, word) => (word ? this.#heard(word) : this.#receive(data)),
      judge: (outcome) => this.#judge(outcome),
      changed: (status) => this.emit('status', status),
      rejected: (rejection) => {
        // A developer should see it even so.
        if (!this.emit('rejected', rejection)) surroundings.console?.error(rejection.text);
      },
    };
  }

  #entered(welcome?: Welcome): void {
    if (welcome?.host === 'away') this.#hostIsAway();
    else this.#hostIsBack(welcome?.resumed === true);
  }

  #heard({ $relay, resumed }: Word): void {
    if ($relay === 'away') this.#hostIsAway();
    if ($relay === 'back') this.#hostIsBack(resumed === true);
  }

  #hostIsAway(): void {
    if (this.#isHostAway) return;
    this.#isHostAway = true;
    this.emit('host', 'away');
  }

  #hostIsBack(resumed: boolean): void {
    if (!this.#isHostAway) return;
    this.#isHostAway = false;
    this.emit('host', 'back', { resumed });
  }

  #receive(data: unknown): void {
    const message = readObject(data);
    if (!message) {
      this.emit('raw', data);
      return;
    }
    delete message['receiver_id'];
    this.emit('message', message as FromHost);
  }

  #judge({ reason, refused, refusals, recentlyJoined }: Outcome): Verdict {
    if (reason.retry === 'never') return { next: 'end', reason };
    const isHostAway = reason.code === 'host-left' || (refused && NO_HOST.includes(reason.code));
    if (isHostAway && recentlyJoined) {
      return { next: 'retry', reason: hostAway(reason.detail ?? reason.text) };
    }
    if (!refused || recentlyJoined) return { next: 'retry', reason };
    if (reason.code === 'no-such-code') return { next: 'end', reason };
    if (reason.code !== CLOSED.code || refusals < REFUSALS_TO_BELIEVE) return { next: 'retry', reason };
    const text = `${CLOSED.text} Probably no game is running under ${this.code}.`;
    return { next: 'end', reason: { ...CLOSED, text } };
  }
}

function textOf(message: object): string {
  const text = JSON.stringify(message);
  if (text?.startsWith('{')) return text;
  throw new TypeError(
    'A player must send an object: the relay disconnects a player that sends anything else.',
  );
}
