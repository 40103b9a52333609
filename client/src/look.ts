/**
 * How a host finds out whether the relay still has it, with nothing but the protocol: it joins its own party as a
 * player. If the relay has no such party, or the host does not hear of that player, its connection is dead.
 */
import type { Attempt } from './attempt.js';
import { CLOSED } from './reason.js';
import type { Relay } from './relay.js';
import type { Identity } from './role.js';
import { isOffline } from './surroundings.js';
import { Inquiry } from './why.js';

/** Unknown: the relay refuses this player for a reason that says nothing about the host. */
export type Finding = 'gone' | 'unreachable' | 'unknown';

const NOTICE_MS = 3_000;
const AGAIN_MS = 1_000;
const GONE: readonly string[] = ['no-such-code', 'host-left'];

export class Look {
  readonly #relay: Relay;
  readonly #who: Identity;
  readonly #report: (finding: Finding) => void;
  #attempt: Attempt;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasClosed = false;
  #isOver = false;

  /** The owner of the connection in question stops the look as soon as it hears anything: the connection lives. */
  constructor(relay: Relay, who: Identity, report: (finding: Finding) => void) {
    this.#relay = relay;
    this.#who = who;
    this.#report = report;
    this.#attempt = this.#join();
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#attempt.close();
  }

  #join(): Attempt {
    return this.#relay.connect('login_client', this.#who, {
      joined: () => (this.#timer = setTimeout(() => this.#found('gone'), NOTICE_MS)),
      received: () => undefined,
      ended: (code) => void this.#ended(code),
    });
  }

  async #ended(code: number): Promise<void> {
    clearTimeout(this.#timer);
    if (code === 0 || isOffline()) return this.#found('unreachable');
    const { code: ending } = await new Inquiry(this.#relay.url).ask(this.#who, this.#attempt.login);
    if (this.#isOver) return;
    if (ending !== CLOSED.code) return this.#found(GONE.includes(ending) ? 'gone' : 'unknown');
    // A relay without words was asked, or one connection broke: once more, and it is the relay.
    if (this.#wasClosed) return this.#found('gone');
    this.#wasClosed = true;
    this.#timer = setTimeout(() => (this.#attempt = this.#join()), AGAIN_MS);
  }

  #found(finding: Finding): void {
    if (this.#isOver) return;
    this.stop();
    this.#report(finding);
  }
}
