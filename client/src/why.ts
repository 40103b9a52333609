/** Asks the relay why a connection ended, and whether it is there. Relays that cannot tell, like the original one, are fine. */
import type { Login } from './attempt.js';
import { reasonFor } from './endings.js';
import { CLOSED, LOST, OFFLINE, type Reason, SHUTDOWN, unreachable } from './reason.js';
import type { Identity } from './role.js';
import { isOffline } from './surroundings.js';

const PATIENCE_MS = 1_500;
/** How long after its login the busiest relay refuses it. */
const LATEST_REFUSAL_MS = 10_000;
/** The header `Date` has whole seconds, and a proxy with another clock may write it. */
const CLOCKS_APART_MS = 2_000;
/** The close status for who has asked: its reason is the name of the ending. */
const TOLD = 4000;

type Json = Readonly<Record<string, unknown>>;

interface Answer {
  readonly words: Json;
  /** When it was given, by the clock over there; NaN if that is not known. */
  readonly now: number;
}

/** Whether the relay knows the connection; untold by a relay that does not say. */
export type Whereabouts = 'here' | 'gone' | 'unreachable' | 'untold';

/** One for each peer: the relay keeps its answers for minutes, so not each is about the last login. */
export class Inquiry {
  readonly #relay: URL;
  #lastAt = NaN;

  constructor(relay: URL) {
    this.#relay = relay;
  }

  /** By the close status (0 if there never was a connection), its reason, and whether the login counted as accepted. */
  async reasonOf(
    status: number,
    ending: string,
    wasIn: boolean,
    who: Identity,
    login: Login,
  ): Promise<Reason> {
    if (status === 1001) return SHUTDOWN;
    if (status === TOLD && ending) return reasonFor(ending, who.server_code, { refused: !login.isWelcome });
    if (status === 0 && !isOffline()) return unreachable(this.#relay.href);
    // A connection that broke, rather than being closed, was not ended by the relay; nor was one without its reason.
    const broke = status === 0 || (wasIn && (status === 1006 || login.isWelcome));
    if (broke) return isOffline() ? OFFLINE : LOST;
    return this.ask(who, login);
  }

  /** The relay's own words on the end of that login, or CLOSED if it has none within 1.5 s. Never rejects. */
  async ask(who: Identity, login: Login): Promise<Reason> {
    const answer = await ask(this.#relay, who);
    const ending = answer?.words['ending'];
    if (!answer || typeof ending !== 'string') return CLOSED;
    const { hint, at, retry, refused } = answer.words;
    const reason = reasonFor(ending, who.server_code, {
      ...(typeof hint === 'string' && { detail: hint }),
      retry: retry === 'never' || retry === 'now' ? retry : 'later',
      refused: refused === true,
    });
    const happenedAt = new Date(at as string).getTime();
    const isAbout = this.#isAbout(login, reason, happenedAt, answer.now);
    this.#lastAt = happenedAt;
    return isAbout ? reason : CLOSED;
  }

  /** Whether the relay counts the connection of that login. Never rejects. */
  async whereabouts(who: Identity, login: Login): Promise<Whereabouts> {
    const answer = await ask(this.#relay, who);
    if (!answer) return 'unreachable';
    const { connected, ending, hint } = answer.words;
    // A node that has others beside it hints at them: the connection may be with one of those.
    if (!Array.isArray(connected) || (!connected[0] && !ending && hint)) return 'untold';
    const sinceLogin = performance.now() - login.sentAt;
    // One that is older than the login is not that of the login.
    const isHere = (connected as Json[]).some(
      ({ since }) => !(answer.now - Date.parse(since as string) > sinceLogin + CLOCKS_APART_MS),
    );
    return isHere ? 'here' : 'gone';
  }

  /**
   * The clock of a device may be wrong by years, so times are compared only with times of the same clock: the age of
   * what happened by the relay's, the age of the login by the device's.
   */
  #isAbout(login: Login, { refused }: Reason, at: number, now: number): boolean {
    if (at === this.#lastAt) return false;
    const sinceLogin = performance.now() - login.sentAt;
    if (now - at > sinceLogin + CLOCKS_APART_MS) return false;
    return !refused || !(login.isProven || sinceLogin > LATEST_REFUSAL_MS);
  }
}

/** Undefined if no answer came in time. */
async function ask(relay: URL, who: Identity): Promise<Answer | undefined> {
  const question = new URL(`/v1/why?${new URLSearchParams(who).toString()}`, relay);
  question.protocol = relay.protocol.replace('ws', 'http');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  const answer = fetch(question)
    .then(read)
    .catch(() => undefined);
  const first = await Promise.race([answer, silence]);
  clearTimeout(timer);
  return first;
}

/** What is not JSON says nothing, but it is an answer. */
async function read(response: Response): Promise<Answer> {
  const words = ((await response.json().catch(() => undefined)) ?? {}) as Json;
  const { now = response.headers.get('date') ?? '' } = words;
  return { words, now: Date.parse(now as string) };
}
