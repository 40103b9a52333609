/** How pages are answered, the same on Express and on Fastify, and untouched by a larger backend's interceptors. */
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
};

const HEADERS: Readonly<Record<string, string>> = {
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

/** What the responses of Express and Fastify have in common. */
interface Sender {
  status(status: number): this;
  send(bytes: Buffer): unknown;
}

@Injectable()
export class PageReply {
  constructor(private readonly host: HttpAdapterHost) {}

  /** `name` tells the type by its ending. Content that is undefined was not built, or never existed. */
  send(
    response: unknown,
    name: string,
    content: string | Buffer | undefined,
    { status = 200, retryAfter }: Differently = {},
  ): void {
    const type = TYPES[name.split('.').pop() ?? ''];
    if (content === undefined || type === undefined) return this.notFound(response);
    this.write(response, {
      ...HEADERS,
      'Content-Type': type,
      ...(type.startsWith('text/html') && { 'Content-Security-Policy': POLICY }),
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    });
    if (typeof content === 'string') this.host.httpAdapter.reply(response, content, status);
    // Nest would make JSON of it.
    else (response as Sender).status(status).send(content);
  }

  /** As {@link send}, for what pages of other origins may import or ask. */
  sendToAnyOrigin(response: unknown, name: string, content: string | Buffer | undefined): void {
    this.write(response, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    });
    this.send(response, name, content);
  }

  redirect(response: unknown, url: string): void {
    this.write(response, { ...HEADERS, 'Cache-Control': 'no-store' });
    this.host.httpAdapter.redirect(response, 302, url);
  }

  private notFound(response: unknown): void {
    this.write(response, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
    this.host.httpAdapter.reply(response, 'Not found', 404);
  }

  private write(response: unknown, headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers))
      this.host.httpAdapter.setHeader(response, name, value);
  }
}
