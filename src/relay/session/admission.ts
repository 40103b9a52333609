/** Who may log in, before any room is asked: the limits of an address, and the backend's authorizer (L16). */
import { Injectable } from '@nestjs/common';
import type { Ending } from '../rooms/endings.js';
import { Readiness } from '../rooms/readiness.js';
import { Authorizer, type Grant, contextOf, isGranted } from './authorizer.js';
import type { LoginOfHost, LoginOfPlayer } from './login.js';
import { type CodeQuestion, LoginLimits } from './login-limits.js';
import type { Session } from './session.js';

@Injectable()
export class Admission {
  constructor(
    private readonly authorizer: Authorizer,
    private readonly limits: LoginLimits,
    private readonly readiness: Readiness,
  ) {}

  /** Why the node, or the address, opens no more rooms; undefined if nothing stands in the way. */
  refuseHost({ connection }: Session, { serverCode }: LoginOfHost): Ending | undefined {
    if (this.readiness.isDraining) return 'draining';
    return this.limits.refuseHost(connection.remoteAddress, serverCode);
  }

  /** The price of a player's login, which asks whether a host holds the code. To be settled. */
  ask({ connection }: Session, { serverCode }: LoginOfPlayer): CodeQuestion {
    return this.limits.ask(connection.remoteAddress, [serverCode]);
  }

  /** Resolves to why not, also if the session has ended meanwhile. */
  async authorizeHost(
    session: Session,
    { serverCode, credentials }: LoginOfHost,
  ): Promise<Ending | undefined> {
    const { remoteAddress } = session.connection;
    const { request, login } = credentials;
    return settle(
      session,
      await this.authorizer.authorizeHost({ serverCode, remoteAddress, request, login }),
    );
  }

  /** As {@link authorizeHost}. */
  async authorizePlayer(session: Session, asked: LoginOfPlayer): Promise<Ending | undefined> {
    const { serverCode, clientId, credentials } = asked;
    const { remoteAddress } = session.connection;
    const { request, login } = credentials;
    const question = { serverCode, clientId, remoteAddress, request, login };
    return settle(session, await this.authorizer.authorizePlayer(question));
  }
}

function settle(session: Session, grant: Grant): Ending | undefined {
  if (!isGranted(grant)) return 'not-authorized';
  session.context = contextOf(grant);
  return session.ending;
}
