/** How the console answers. */
import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type Headers, reply, replyJson, typeOf } from '../../http/reply.js';

// Nothing from elsewhere, nothing within the page, and a browser in which no text can become HTML (O20).
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const HEADERS: Headers = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

@Injectable()
export class ConsoleReply {
  constructor(private readonly http: HttpAdapterHost) {}

  /** `name` tells the type by its ending. Text that is undefined was not built, or never existed. */
  send(response: unknown, name: string, text: string | undefined): void {
    const type = typeOf(name);
    if (text === undefined || type === undefined) return this.json(response, 404, { message: 'Not found' });
    reply(this.http, response, 200, { ...HEADERS, 'Content-Type': type }, text);
  }

  json(response: unknown, status: number, answer: object): void {
    replyJson(this.http, response, status, HEADERS, answer);
  }
}

/** The response of Node, which the platform then leaves alone. */
export function rawResponse(response: ServerResponse | FastifyReply): ServerResponse {
  if (!('hijack' in response)) return response;
  response.hijack();
  return response.raw;
}

/** What matters here of a response of Fastify. */
export interface FastifyReply {
  readonly raw: ServerResponse;
  hijack(): void;
}
