/** Finds out why a connection ended. Relays that cannot tell, like the original one, are fine. */
import type { Login } from './attempt.js';
import { CLOSED, LOST, OFFLINE, type Reason, SHUTDOWN, unreachable } from './reason.js';
import type { Identity } from './role.js';
import { isOffline } from './surroundings.js';

const PATIENCE_MS = 1_500;
/** How long after its login the busiest relay refuses it. */
const LATEST_REFUSAL_MS = 10_000;
/** The header `Date` has whole seconds, and a proxy with another clock may write it. */
const CLOCKS_APART_MS = 2_000;

interface Answer {
  readonly reason: Reason;
  /** When it happened, and when the answer was given, by the clocks over there; NaN if that is not known. */
  readonly at: number;
  readonly now: number;
}

/** One for each peer: the relay keeps its answers for minutes, so not each is about the last login. */
export class Inquiry {
  readonly #relay: URL;
  #lastAt = NaN;

  constructor(relay: URL) {
    this.#relay = relay;
  }

  /** By the close status (0 if there never was a connection) and whether the login counted as accepted. */
  async reasonOf(status: number, wasIn: boolean, who: Identity, login: Login): Promise<Reason> {
    if (status === 1001) return SHUTDOWN;
    if (status === 0 && !isOffline()) return unreachable(this.#relay.href);
    // A connection that broke, rather than being closed, was not ended by the relay.
    const broke = status === 0 || (wasIn && status === 1006);
    if (broke) return isOffline() ? OFFLINE : LOST;
    return this.ask(who, login);
  }

  /** The relay's own words on the end of that login, or CLOSED if it has none within 1.5 s. Never rejects. */
  async ask(who: Identity, login: Login): Promise<Reason> {
    const answer = await ask(this.#relay, who);
    if (!answer) return CLOSED;
    const isAbout = this.#isAbout(login, answer);
    this.#lastAt = answer.at;
    return isAbout ? answer.reason : CLOSED;
  }

  /**
   * The clock of a device may be wrong by years, so times are compared only with times of the same clock: the age of
   * what happened by the relay's, the age of the login by the device's.
   */
  #isAbout(login: Login, { reason, at, now }: Answer): boolean {
    if (at === this.#lastAt) return false;
    const sinceLogin = performance.now() - login.sentAt;
    if (now - at > sinceLogin + CLOCKS_APART_MS) return false;
    return !reason.refused || !(login.isProven || sinceLogin > LATEST_REFUSAL_MS);
  }
}

async function ask(relay: URL, who: Identity): Promise<Answer | undefined> {
  const question = new URL(`/v1/why?${new URLSearchParams(who).toString()}`, relay);
  question.protocol = relay.protocol.replace('ws', 'http');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const answer = fetch(question)
    .then(async (response) => (response.ok ? read(await response.json(), response.headers) : undefined))
    .catch(() => undefined);
  const first = await Promise.race([answer, silence]);
  clearTimeout(timer);
  return first;
}

function read(answer: unknown, headers: Headers): Answer | undefined {
  const { ending, hint, at, retry, refused } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof ending !== 'string') return undefined;
  const text = typeof hint === 'string' ? hint : CLOSED.text;
  return {
    reason: {
      code: ending,
      text,
      retry: retry === 'never' || retry === 'now' ? retry : 'later',
      refused: refused === true,
    },
    at: new Date(at as string).getTime(),
    now: Date.parse(headers.get('date') ?? ''),
  };
}
