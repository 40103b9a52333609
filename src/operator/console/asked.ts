/** Reads what a page asks for from the address of its request. */
import { type AnyRequest, rawRequest } from '../../relay/limits/any-request.js';
import type { LedgerKind } from './look.js';
import type { Interest } from './viewer.js';

const KINDS: readonly LedgerKind[] = ['refused', 'broken', 'left', 'fault', 'finding'];

/** Not the platform's own reading of the query, which depends on the settings of the embedding backend. */
export function parametersOf(request: AnyRequest): URLSearchParams {
  const { url = '' } = rawRequest(request);
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}

export function interestIn(parameters: URLSearchParams): Interest {
  const kind = KINDS.find((known) => known === parameters.get('kind')) ?? '';
  const serverCode = parameters.get('server_code') ?? undefined;
  const since = Number(parameters.get('since') ?? 0);
  const text = parameters.get('text') ?? '';
  return { serverCode, text, kind, since: Number.isFinite(since) ? since : 0 };
}
