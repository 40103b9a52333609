/** Keeps Nest from telling a peer what went wrong: Nest's own filter would send it an `exception` message. */
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { WsException } from '@nestjs/websockets';
import { LoginRefused } from '../session/login-refused.js';
import type { Session } from '../session/session.js';
import { SessionService } from '../session/session.service.js';

@Catch()
export class SilentFilter implements ExceptionFilter {
  constructor(private readonly sessions: SessionService) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { session } = host.switchToWs().getClient<{ session: Session }>();
    if (error instanceof LoginRefused) this.sessions.refuse(session, error.ending);
    else if (isRefusal(error)) session.end('not-authorized');
    else session.fail(error);
  }
}

/** So a guard of the embedding backend says no, before the LoggingInterceptor has seen anything (L16). */
function isRefusal(error: unknown): boolean {
  return error instanceof WsException || (error instanceof HttpException && error.getStatus() < 500);
}
