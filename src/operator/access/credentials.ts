/** How a request shows that it comes from an operator. */
import type { IncomingMessage } from 'node:http';
import type { OperatorToken } from './operator-token.js';

/** What browsers send along by themselves, what an operator typed, and what a program was configured with. */
export type Credential = 'cookie' | 'url' | 'bearer';

/** How the sender of a request has shown it; undefined if it has not. */
export function credentialIn(request: IncomingMessage, token: OperatorToken): Credential | undefined {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (bearer !== undefined && token.isToken(bearer)) return 'bearer';
  if (tokensInUrl(request.url ?? '').some((text) => token.isToken(text))) return 'url';
  return cookiesIn(request, token.cookieName).some((text) => token.isCookie(text)) ? 'cookie' : undefined;
}

/**
 * Whether a request that changes something was made by a page of the relay itself. A form or an image of another page
 * cannot set the header, and a script of another origin would have to ask before, which is never granted.
 */
export function isFromOwnPage({ headers }: IncomingMessage): boolean {
  const { 'x-carparty-action': action, 'sec-fetch-site': site = 'same-origin' } = headers;
  return action !== undefined && site === 'same-origin';
}

function tokensInUrl(url: string): string[] {
  const query = url.indexOf('?');
  return query < 0 ? [] : new URLSearchParams(url.slice(query)).getAll('token');
}

function cookiesIn({ headers }: IncomingMessage, name: string): string[] {
  const pairs = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}
