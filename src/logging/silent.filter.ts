/** Keeps Nest from telling a peer what went wrong: Nest's own filter would send it an `exception` message. */
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { LoginRefused } from '../session/login-refused.js';
import type { Session } from '../session/session.js';
import { SessionService } from '../session/session.service.js';

@Catch()
export class SilentFilter implements ExceptionFilter {
  constructor(private readonly sessions: SessionService) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { session } = host.switchToWs().getClient<{ session: Session }>();
    if (error instanceof LoginRefused) this.sessions.refuse(session, error.ending);
    else session.fail(error);
  }
}
