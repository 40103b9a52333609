/**
 * How the relay answers HTTP requests: the same on Express and on Fastify. Handlers call it instead of returning their
 * answer, which interceptors of a larger backend may wrap.
 */
import type { HttpAdapterHost } from '@nestjs/core';

export type Headers = Readonly<Record<string, string>>;

/** What the responses of Express and Fastify have in common. */
interface Sender {
  status(status: number): this;
  send(bytes: Buffer): unknown;
}

const TYPES: Headers = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The media type that the ending of a name tells; undefined if the relay serves no such files. */
export function typeOf(name: string): string | undefined {
  return TYPES[name.split('.').pop() ?? ''];
}

export function setHeaders({ httpAdapter }: HttpAdapterHost, response: unknown, headers: Headers): void {
  for (const [name, value] of Object.entries(headers)) httpAdapter.setHeader(response, name, value);
}

export function reply(
  http: HttpAdapterHost,
  response: unknown,
  status: number,
  headers: Headers,
  content: string | Buffer,
): void {
  setHeaders(http, response, headers);
  if (typeof content === 'string') http.httpAdapter.reply(response, content, status);
  // Nest would make JSON of it.
  else (response as Sender).status(status).send(content);
}

export function replyJson(
  http: HttpAdapterHost,
  response: unknown,
  status: number,
  headers: Headers,
  answer: unknown,
): void {
  reply(http, response, status, { ...headers, 'Content-Type': TYPES['json']! }, JSON.stringify(answer));
}
