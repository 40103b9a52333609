/** The requests that controllers get, of either platform. */
import type { IncomingMessage } from 'node:http';

/** A request of Express, or of Fastify, which wraps the one of Node. */
export type AnyRequest = IncomingMessage | { readonly raw: IncomingMessage };

export function rawRequest(request: AnyRequest): IncomingMessage {
  return 'raw' in request ? request.raw : request;
}
