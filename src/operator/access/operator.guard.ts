/** Lets only operators through. */
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type CanActivate, type ExecutionContext, ForbiddenException, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type AnyRequest, rawRequest } from '../../relay/limits/any-request.js';
import { credentialIn, isFromOwnPage } from './credentials.js';
import { OperatorAccess } from './operator-access.js';
import { TokenWanted } from './token-wanted.js';

/** Seconds for which a browser is known; with a new token all are strangers again. */
const COOKIE_AGE = 30 * 24 * 3600;

/** Requests that change nothing. */
const SAFE_METHODS = ['GET', 'HEAD'];

const FOREIGN = 'Only pages of the relay may take actions.';

/**
 * The token is taken as `Authorization: Bearer`, in the URL as `?token=`, and then as a cookie, which a visit with
 * the token in its URL sets. A page that is opened so must answer at once, not redirect: browsers do not send the
 * cookie along when they are redirected on a link from another site.
 */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(
    private readonly access: OperatorAccess,
    private readonly http: HttpAdapterHost,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = rawRequest(context.switchToHttp().getRequest<AnyRequest>());
    const response: unknown = context.switchToHttp().getResponse();
    // No cache on the way may keep the pages of operators.
    this.http.httpAdapter.setHeader(response, 'Cache-Control', 'no-store');
    const credential = credentialIn(request, this.access.token);
    if (credential === undefined) {
      this.http.httpAdapter.setHeader(response, 'WWW-Authenticate', 'Bearer realm="carparty"');
      throw new TokenWanted();
    }
    const isAction = !SAFE_METHODS.includes(request.method ?? '');
    if (isAction && credential !== 'bearer' && !isFromOwnPage(request)) throw new ForbiddenException(FOREIGN);
    if (credential === 'url')
      this.http.httpAdapter.setHeader(response, 'Set-Cookie', this.cookieFor(request));
    return true;
  }

  private cookieFor(request: IncomingMessage): string {
    const { cookieName, cookieValue } = this.access.token;
    // A client that forges the header harms only itself: its browser keeps the cookie to itself over plain HTTP.
    const isSecure = request.socket instanceof TLSSocket || request.headers['x-forwarded-proto'] === 'https';
    const attributes = `Path=/; Max-Age=${COOKIE_AGE}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
    return `${cookieName}=${cookieValue}; ${attributes}`;
  }
}
