// What a larger backend puts around everything that it answers over HTTP: a key, a prefix, and a wrapper.
import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type NestInterceptor,
  type Provider,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { map, type Observable } from 'rxjs';

export const KEY = { 'X-Backend-Key': 'of-the-backend' };

@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    return headers['x-backend-key'] === KEY['X-Backend-Key'];
  }
}

/** As backends have it that wrap every answer. */
export class Wrapper implements NestInterceptor {
  intercept(_: unknown, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

/** HTTP needs the key of the backend; its WebSockets are free. */
export const LOCK: Provider = { provide: APP_GUARD, useClass: KeyGuard };

export function wrapAll(app: INestApplication): INestApplication {
  return app.setGlobalPrefix('api').useGlobalInterceptors(new Wrapper());
}
