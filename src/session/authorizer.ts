/** Who may play: the question that a larger backend answers (L16). */

export interface HostLogin {
  readonly serverCode: string;
  readonly remoteAddress: string;
}

export interface PlayerLogin extends HostLogin {
  readonly clientId: string;
}

/**
 * Asked after a login was found well-formed and before it takes effect. Extend it and name the class in
 * `RelayModule.forRoot({ authorizer })`; it is instantiated by Nest, so it may inject what it needs.
 *
 * `false` refuses: the peer is disconnected silently. A throw or a rejection refuses too, and is logged as
 * `internal-error`. While an answer is awaited nothing is read from the connection, so nothing is lost.
 */
export class Authorizer {
  authorizeHost(_login: HostLogin): boolean | Promise<boolean> {
    return true;
  }

  authorizePlayer(_login: PlayerLogin): boolean | Promise<boolean> {
    return true;
  }
}
