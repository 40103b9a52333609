/** A login on its way: what a connection brought along to be let in. */
import type { IncomingMessage } from 'node:http';
import { type Credentials, LoginRequest } from '../../session/authorizer.js';
import type { Session } from '../../session/session.js';
import type { SocketConnection } from '../connection/socket-connection.js';
import type { LoginSocket } from './login-socket.js';

const NONE: Readonly<Record<string, unknown>> = {};

/** It is what Nest's pipeline takes for the client: guards of a backend see it as a {@link LoginSocket}. */
export class LoginAttempt implements LoginSocket {
  /** Until the login is answered, since the request would outlive its use. */
  request: IncomingMessage | undefined;
  /** The members of the login, as long as {@link request}. */
  login: Readonly<Record<string, unknown>> = NONE;
  /** Whether it has come through all that the backend may apply to it, so that errors are the relay's. */
  isAtRelay = false;

  constructor(
    readonly connection: SocketConnection,
    request: IncomingMessage,
  ) {
    this.request = request;
  }

  get session(): Session {
    return this.connection.session;
  }

  get ip(): string {
    return this.connection.remoteAddress;
  }

  /** @throws if the login was answered already. */
  get credentials(): Credentials {
    const { request, login, ip } = this;
    if (request === undefined) throw new Error('the login was answered');
    return { request: new LoginRequest(request, ip), login };
  }

  /** Lets go of what the peer brought along. */
  answered(): void {
    this.request = undefined;
    this.login = NONE;
    // Nothing said yes or no, as when a guard of the embedding backend turned it away.
    if (this.session.phase.name === 'awaiting-login') this.session.end('not-authorized');
  }
}
