/** Requests that are answered by a status alone, and end their connection. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { hearNoMore } from './short-request.js';

/** Bytes of a body that is taken and ignored: what a program sends along that always sends something. */
const MOST_BODY = 1024;

export interface Refusal {
  readonly status: 400 | 413 | 429 | 503;
  readonly headers?: OutgoingHttpHeaders;
}

const NO_HOST: Refusal = { status: 400 };
const BODY: Refusal = { status: 413 };

/** Nothing here needs a body, so none is read (A34). One without a length could last for ever. */
export function malformed(request: IncomingMessage): Refusal | undefined {
  const { host, 'content-length': length = 0, 'transfer-encoding': encoding } = request.headers;
  if (host === undefined && request.httpVersion === '1.1') return NO_HOST;
  return encoding !== undefined || Number(length) > MOST_BODY ? BODY : undefined;
}

/** What has come behind the request is not read any more. */
export function refuse(response: ServerResponse, { status, headers }: Refusal): void {
  response.writeHead(status, { ...headers, Connection: 'close', 'Content-Length': 0 }).end();
  hearNoMore(response.req.socket);
}
