/** Who may play: the question that a larger backend answers (L16). */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** The upgrade request of a connection. It can carry no body. */
export class LoginRequest {
  constructor(
    private readonly upgrade: IncomingMessage,
    /** Where the peer comes from, behind proxies that are trusted (A23). */
    readonly address: string,
  ) {}

  /** By lower-case names. */
  get headers(): IncomingHttpHeaders {
    return this.upgrade.headers;
  }

  /** Path and query, as they were asked for. */
  get url(): string {
    return this.upgrade.url ?? '/';
  }
}

/** What a peer brought along: all of it is its own text, and none of it was checked. */
export interface Credentials {
  readonly request: LoginRequest;
  /** All members of the login message, also those that the protocol does not know, such as a token. */
  readonly login: Readonly<Record<string, unknown>>;
}

export interface HostLogin extends Credentials {
  readonly serverCode: string;
  readonly remoteAddress: string;
  /** Whether it comes back to a room, or a seat, that is its own: it has the key, or needs none (R12, R23). */
  readonly returns: boolean;
}

export interface PlayerLogin extends HostLogin {
  readonly clientId: string;
}

/**
 * Whether the peer may log in. Whatever is given as `context` is on its session, in the events of `RelayEvents` and, as a
 * text, in the console.
 */
export type Grant = boolean | { readonly context: unknown };

/**
 * Asked after a login was found well-formed and before it takes effect. Extend it and name the class in
 * `RelayModule.forRoot({ authorizer })`; it is instantiated by Nest, so it may inject what it needs.
 *
 * `false` refuses: the peer is disconnected silently. A throw or a rejection refuses too, and is logged as
 * `internal-error`. While an answer is awaited nothing is read from the connection, so nothing is lost.
 */
export class Authorizer {
  authorizeHost(_login: HostLogin): Grant | Promise<Grant> {
    return true;
  }

  authorizePlayer(_login: PlayerLogin): Grant | Promise<Grant> {
    return true;
  }
}

/** Whether the answer lets the peer in. @throws {TypeError} for all that is not a {@link Grant}: a mistake opens no door. */
export function isGranted(grant: Grant): boolean {
  if (typeof grant === 'boolean') return grant;
  if (typeof grant === 'object' && grant !== null && 'context' in grant) return true;
  throw new TypeError('the authorizer has to answer true, false or { context }');
}

export function contextOf(grant: Grant): unknown {
  return typeof grant === 'object' ? grant.context : undefined;
}
