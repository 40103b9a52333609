/** How pages for browsers are answered. */
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type Headers, reply, setHeaders, typeOf } from '../http/reply.js';

const HEADERS: Headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

// Scripts and styles from here only, none within the page. `self` alone does not allow WebSockets in older Safaris.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws: wss:; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/** How a reply differs from one with what was asked for. */
export interface Differently {
  readonly status?: number;
  /** Seconds after which asking again may help. */
  readonly retryAfter?: number | undefined;
}

@Injectable()
export class PageReply {
  constructor(private readonly http: HttpAdapterHost) {}

  /** `name` tells the type by its ending. Content that is undefined was not built, or never existed. */
  send(
    response: unknown,
    name: string,
    content: string | Buffer | undefined,
    { status = 200, retryAfter }: Differently = {},
  ): void {
    const type = typeOf(name);
    if (content === undefined || type === undefined) return this.notFound(response);
    const headers = {
      ...HEADERS,
      'Content-Type': type,
      ...(type.startsWith('text/html') && { 'Content-Security-Policy': POLICY }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    };
    reply(this.http, response, status, headers, content);
  }

  /** As {@link send}, for what pages of other origins may import or ask. */
  sendToAnyOrigin(response: unknown, name: string, content: string | Buffer | undefined): void {
    setHeaders(this.http, response, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    this.send(response, name, content);
  }

  redirect(response: unknown, url: string): void {
    setHeaders(this.http, response, { ...HEADERS, 'Cache-Control': 'no-store' });
    this.http.httpAdapter.redirect(response, 302, url);
  }

  private notFound(response: unknown): void {
    const headers = { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' };
    reply(this.http, response, 404, headers, 'Not found');
  }
}
