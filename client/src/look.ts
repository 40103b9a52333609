/**
 * How a peer finds out whether the relay still has it. It asks; and where the relay cannot say that, a host joins its
 * own party as a player. If the relay has no such party, or the host does not hear of that player, its connection is
 * dead.
 */
import type { Attempt, Login } from './attempt.js';
import { CLOSED } from './reason.js';
import type { Relay } from './relay.js';
import type { Identity, Role } from './role.js';
import { isOffline } from './surroundings.js';
import { Inquiry } from './why.js';

/** Unknown: nothing that is said of the connection in question. */
export type Finding = 'here' | 'gone' | 'unreachable' | 'unknown';

const NOTICE_MS = 3_000;
const AGAIN_MS = 1_000;
const GONE: readonly string[] = ['no-such-code', 'host-left'];

export class Look {
  readonly #relay: Relay;
  readonly #report: (finding: Finding) => void;
  #attempt: Attempt | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasClosed = false;
  #isOver = false;

  /** The owner of the connection in question stops the look as soon as it hears anything: the connection lives. */
  constructor(relay: Relay, role: Role, login: Login, report: (finding: Finding) => void) {
    this.#relay = relay;
    this.#report = report;
    if (login.isWelcome) void this.#ask(role, login);
    else this.#join(role);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#attempt?.close();
  }

  async #ask(role: Role, login: Login): Promise<void> {
    const answer = await new Inquiry(this.#relay.url).whereabouts(role.identify(), login);
    if (answer !== 'untold') this.#found(answer);
    else if (!this.#isOver) this.#join(role);
  }

  #join(role: Role): void {
    const who = role.lookAs?.();
    if (!who) return this.#found('unknown');
    this.#attempt = this.#relay.connect(who.server_code, false, {
      login: () => ({ text: JSON.stringify({ action: 'login_client', ...who }) }),
      joined: () => (this.#timer = setTimeout(() => this.#found('gone'), NOTICE_MS)),
      received: () => undefined,
      ended: (code) => void this.#ended(code, role, who),
    });
  }

  async #ended(code: number, role: Role, who: Identity): Promise<void> {
    clearTimeout(this.#timer);
    if (code === 0 || isOffline()) return this.#found('unreachable');
    const login = this.#attempt?.login as Login;
    const { code: ending } = await new Inquiry(this.#relay.url).ask(who, login);
    if (this.#isOver) return;
    if (ending !== CLOSED.code) return this.#found(GONE.includes(ending) ? 'gone' : 'unknown');
    // A relay without words was asked, or one connection broke: once more, and it is the relay.
    if (this.#wasClosed) return this.#found('gone');
    this.#wasClosed = true;
    this.#timer = setTimeout(() => this.#join(role), AGAIN_MS);
  }

  #found(finding: Finding): void {
    if (this.#isOver) return;
    this.stop();
    this.#report(finding);
  }
}
