/** Reads what is asked from the address of a request. */
import type { Question } from '../ledger/ledger.js';
import { LONGEST_CODE, LONGEST_ID } from '../../relay/protocol/login.js';

/** The parameters there are, and how many bytes their values may have (L7). */
const MOST_BYTES: ReadonlyMap<string, number> = new Map([
  ['server_code', LONGEST_CODE],
  ['client_id', LONGEST_ID],
]);

/**
 * The question in a request's URL; undefined if it asks for anything else, or for something twice (O3). The platform's
 * own reading of the query is not used: it depends on the settings of the embedding backend.
 */
export function readQuestion(url: string): Question | undefined {
  const start = url.indexOf('?');
  const asked = [...new URLSearchParams(start < 0 ? '' : url.slice(start))];
  const values = new Map(asked);
  const serverCode = values.get('server_code');
  const clientId = values.get('client_id');
  if (values.size < asked.length || !asked.every(isAllowed) || serverCode === undefined) return undefined;
  return clientId === undefined ? { serverCode } : { serverCode, clientId };
}

function isAllowed([name, value]: [string, string]): boolean {
  return value !== '' && Buffer.byteLength(value) <= (MOST_BYTES.get(name) ?? 0);
}
