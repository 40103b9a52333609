/** Sees every refused login, wherever it was refused, and logs it. */
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, catchError, throwError } from 'rxjs';
import { LoginRefused } from '../session/login-refused.js';
import type { Session } from '../session/session.js';
import { RelayLog } from './relay-log.js';

/** Logins only: no message after a login comes this way. */
@Injectable()
export class LoggingInterceptor implements NestInterceptor {
  constructor(private readonly log: RelayLog) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        // Not before, since most logins are granted.
        const { session } = context.switchToWs().getClient<{ session: Session }>();
        // An error of ours is logged with its stack where the session fails.
        if (error instanceof LoginRefused && session.phase.name !== 'ended') {
          this.log.loginRefused(session, error.ending);
        }
        return throwError(() => error);
      }),
    );
  }
}
