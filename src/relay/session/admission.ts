/** Who may log in, before any room is asked: the limits of an address, and the backend's authorizer (L16). */
import { Injectable } from '@nestjs/common';
import type { Ending } from '../rooms/endings.js';
import { Readiness } from '../rooms/readiness.js';
import { Authorizer, type Grant, type HostLogin, contextOf, isGranted } from './authorizer.js';
import type { LoginOfHost, LoginOfPlayer } from './login.js';
import { type CodeQuestion, LoginLimits } from './login-limits.js';
import type { Session } from './session.js';

/** Where the backend answers at once there is no promise: a thousand phones that come back would wait for theirs. */
type Answer = Ending | undefined | Promise<Ending | undefined>;

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

  /** Why not, also if the session has ended meanwhile. Asked at each return too, before anything changes (R21). */
  authorizeHost(session: Session, asked: LoginOfHost, returns: boolean): Answer {
    const question = { ...questionOf(session, asked), returns };
    return answerOf(session, this.authorizer.authorizeHost(question));
  }

  /** As {@link authorizeHost}. */
  authorizePlayer(session: Session, asked: LoginOfPlayer, returns: boolean): Answer {
    const question = { ...questionOf(session, asked), clientId: asked.clientId, returns };
    return answerOf(session, this.authorizer.authorizePlayer(question));
  }
}

function questionOf(
  { connection }: Session,
  { serverCode, credentials }: LoginOfHost | LoginOfPlayer,
): Omit<HostLogin, 'returns'> {
  const { request, login } = credentials;
  return { serverCode, remoteAddress: connection.remoteAddress, request, login };
}

function answerOf(session: Session, grant: Grant | Promise<Grant>): Answer {
  // Also a promise of another library.
  if (typeof grant === 'object' && 'then' in grant) {
    return Promise.resolve(grant).then((settled) => settle(session, settled));
  }
  return settle(session, grant);
}

function settle(session: Session, grant: Grant): Ending | undefined {
  if (!isGranted(grant)) return 'not-authorized';
  session.context = contextOf(grant);
  return session.ending;
}
