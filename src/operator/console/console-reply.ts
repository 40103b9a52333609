/** How the console answers, the same on Express and on Fastify, and untouched by a larger backend's interceptors. */
import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
};

// Nothing from elsewhere, nothing within the page, and a browser in which no text can become HTML (O20).
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

@Injectable()
export class ConsoleReply {
  constructor(private readonly http: HttpAdapterHost) {}

  /** `name` tells the type by its ending. Text that is undefined was not built, or never existed. */
  send(response: unknown, name: string, text: string | undefined): void {
    const type = TYPES[name.split('.').pop() ?? ''];
    if (text === undefined || type === undefined) return this.json(response, 404, { message: 'Not found' });
    this.write(response, 200, type, text);
  }

  json(response: unknown, status: number, answer: object): void {
    this.write(response, status, TYPES['json']!, JSON.stringify(answer));
  }

  private write(response: unknown, status: number, type: string, text: string): void {
    const { httpAdapter } = this.http;
    for (const [name, value] of Object.entries(HEADERS)) httpAdapter.setHeader(response, name, value);
    httpAdapter.setHeader(response, 'Content-Type', type);
    httpAdapter.reply(response, text, status);
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
