/** Keeps Nest from telling a peer what went wrong: Nest's own filter would send it an `exception` message. */
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { EmptyError } from 'rxjs';
import { BackendError } from '../session/backend-error.js';
import { LoginRefused } from '../session/login-refused.js';
import type { Session } from '../session/session.js';
import { SessionService } from '../session/session.service.js';

interface Client {
  readonly session: Session;
  readonly isAtRelay: boolean;
}

@Catch()
export class SilentFilter implements ExceptionFilter {
  constructor(private readonly sessions: SessionService) {}

  /** Nest takes nothing for an answer, and would log the error and throw it on. */
  catch(error: unknown, host: ArgumentsHost): true {
    const { session, isAtRelay } = host.switchToWs().getClient<Client>();
    if (error instanceof LoginRefused) this.sessions.refuse(session, error.ending);
    else if (isRefusal(error)) session.end('not-authorized');
    else session.fail(isAtRelay ? error : new BackendError(error));
    return true;
  }
}

/** So a guard of the embedding backend says no, or an interceptor that answers nothing (L16). */
function isRefusal(error: unknown): boolean {
  if (error instanceof WsException || error instanceof EmptyError) return true;
  return error instanceof HttpException && error.getStatus() < 500;
}
