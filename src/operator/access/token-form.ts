/** Asks people for the token where a program would be told that it lacks it. */
import { hash } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type AnyRequest, rawRequest } from '../../relay/limits/any-request.js';
import { type Headers, reply } from '../../http/reply.js';
import { TokenWanted } from './token-wanted.js';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { display: grid; place-items: center; min-height: 90vh; margin: 0; }
form { display: grid; gap: 0.8rem; width: min(24rem, 90vw); }
h1 { margin: 0; font-size: 1.3rem; }
p { margin: 0; }
input, button { font: inherit; padding: 0.5em 0.7em; }
`;

/** Nothing of a request stands in it: the token goes back to the same address, which then answers as before (O11). */
const page = (said: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>CarParty: operators only</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <form method="get">
        <h1>Operators only</h1>
        <p role="status">${said}</p>
        <label for="token">The token of --operator-token (operatorToken of RelayModule), or the one that the relay has logged at its start:</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required autofocus />
        <button>Open</button>
      </form>
    </main>
  </body>
</html>
`;

const FIRST = page('This page is for the operator of the relay.');
const AGAIN = page('This token is not correct.');

const HEADERS: Headers = {
  'Content-Security-Policy':
    `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; form-action 'self'; ` +
    "base-uri 'none'; frame-ancestors 'none'",
  'Content-Type': 'text/html; charset=utf-8',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Put on a page that people open, not on what programs ask for: `@UseFilters(TokenForm)`. */
@Catch(TokenWanted)
export class TokenForm implements ExceptionFilter<TokenWanted> {
  constructor(private readonly http: HttpAdapterHost) {}

  catch(error: TokenWanted, host: ArgumentsHost): void {
    const [asked, response] = host.getArgs<[AnyRequest, unknown]>();
    const { url = '', headers } = rawRequest(asked);
    const status = error.getStatus();
    if (isProgram(headers.accept))
      return void this.http.httpAdapter.reply(response, error.getResponse(), status);
    reply(this.http, response, status, HEADERS, /[?&]token=/.test(url) ? AGAIN : FIRST);
  }
}

/** It wants JSON, and could not show a page. */
function isProgram(accept = ''): boolean {
  return accept.includes('json') && !accept.includes('html');
}
