/** The connection of the moment, and what goes over from one to the next: the key, and the stream. */
import type { Attempt, Login, LoginMessage } from './attempt.js';
import { Former } from './former.js';
import type { Outbox } from './outbox.js';
import type { Relay } from './relay.js';
import type { Welcome, Word } from './relay-words.js';
import type { Role } from './role.js';

export interface LinkListener {
  /** The login counts as accepted, and what waited has left. Called once more if the welcome comes late. */
  joined(welcome?: Welcome): void;
  received(data: unknown, word?: Word): void;
  ended(code: number, ending: string, login: Login): void;
  /** The relay goes on with the stream, and this page cannot: another connection has to begin one. */
  brokeOff(): void;
}

export class Link {
  readonly #relay: Relay;
  readonly #role: Role;
  readonly #key: string;
  readonly #outbox: Outbox;
  readonly #former = new Former();
  #attempt: Attempt | undefined;

  constructor(relay: Relay, role: Role, key: string, outbox: Outbox) {
    this.#relay = relay;
    this.#role = role;
    this.#key = key;
    this.#outbox = outbox;
  }

  /** What is known of its login; undefined without a connection. */
  get login(): Login | undefined {
    return this.#attempt?.login;
  }

  /** Milliseconds that it has been opening; 0 if it is open. */
  get openingFor(): number {
    return this.#attempt?.isOpening ? performance.now() - this.#attempt.startedAt : 0;
  }

  /** True if the relay knows streams: another connection takes the place of this one without harm to others. */
  get goesOn(): boolean {
    return this.#outbox.stream.name !== undefined;
  }

  /** Throws what the constructor of the WebSocket throws. */
  open(listener: LinkListener): void {
    const { action } = this.#role;
    const { server_code: serverCode } = this.#role.identify();
    const attempt = this.#relay.connect(serverCode, action === 'login_server', {
      login: () => this.#login(),
      joined: (socket, welcome) => {
        const { stream } = this.#outbox;
        if (welcome && !welcome.resumed) {
          if (this.goesOn) stream.begin();
          stream.named(welcome.stream);
        }
        if (!this.#outbox.attach(socket, welcome)) return listener.brokeOff();
        this.#former.release();
        listener.joined(welcome);
      },
      received: (data, word) => {
        this.#outbox.stream.got++;
        this.settle();
        listener.received(data, word);
      },
      ended: (code, ending) => listener.ended(code, ending, attempt.login),
    });
    this.#attempt = attempt;
  }

  /** The relay has shown of what kind it is. */
  settle(): void {
    if (!this.goesOn) this.#outbox.stream.settle();
  }

  /** For another to take its place. */
  drop(): void {
    this.#outbox.detach();
    const attempt = this.#attempt;
    this.#attempt = undefined;
    if (attempt && !attempt.isOpening && this.goesOn) this.#former.add(attempt);
    else attempt?.abandon();
  }

  /** For good; what was said last still leaves. */
  close(): void {
    this.#attempt?.close();
    this.#attempt = undefined;
    this.drop();
    this.#former.release();
  }

  #login(): LoginMessage {
    const { action, wishes } = this.#role;
    const { stream } = this.#outbox;
    const { goesOn } = this;
    if (!goesOn) stream.begin();
    const $relay = { key: this.#key, ...wishes, ...(goesOn && { stream: stream.name, got: stream.got }) };
    return { text: JSON.stringify({ action, ...this.#role.identify(), $relay }), goesOn };
  }
}
