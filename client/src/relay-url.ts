/** From what a game says of its relay to the WebSocket URL, or an error that says in words what is wrong. */

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The URL to connect to. Without `url` it is the origin of the page; `http:` and `https:` mean `ws:` and `wss:`,
 * and a URL that starts with a slash belongs to the page. Throws a TypeError for what can never work.
 */
export function relayUrl(url: string | undefined, page: string | undefined): URL {
  const relay = parse(url, page);
  relay.protocol = relay.protocol.replace('http', 'ws');
  relay.hash = '';
  if (page?.startsWith('https:') && relay.protocol === 'ws:' && !LOOPBACK.test(relay.hostname)) {
    throw new TypeError(
      `A page loaded over https may not use ${relay.href}: browsers refuse mixed content. Use wss:, or serve the page over http.`,
    );
  }
  return relay;
}

/** Where the peers of a party connect: a balancer that hashes `code` brings them to one node. A relay ignores it. */
export function partyUrl(relay: URL, serverCode: string): string {
  const url = new URL(relay);
  if (!url.searchParams.has('code')) url.searchParams.set('code', serverCode);
  return url.href;
}

function parse(url: string | undefined, page: string | undefined): URL {
  const onPage = page !== undefined && /^https?:/.test(page);
  if (url === undefined && !onPage) throw new TypeError('There is no page that names the relay: pass `url`.');
  const written = url ?? '/';
  // `relay.example` alone would quietly be read as a path of the page.
  const isComplete = /^(wss?|https?):\/\/[^/]/i.test(written) || (onPage && written.startsWith('/'));
  try {
    if (isComplete) return onPage ? new URL(written, page) : new URL(written);
  } catch {
    // Falls through to the words below: the URL parser only says "Invalid URL".
  }
  throw new TypeError(
    `"${written}" is not a relay URL. Write it like wss://relay.example or ws://192.168.1.5:8080`,
  );
}
