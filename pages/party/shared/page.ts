/** What the relay writes into the page as `<meta>`, and the elements that the page is sure to have. */

/** The element with that id. A page without it is our mistake. */
export function element<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}.`);
  return found as unknown as T;
}

/** What the relay wrote under that name; empty if nothing. */
export function told(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="carparty:${name}"]`)?.content ?? '';
}

/** Where the page is mounted, with a slash at its end: `http://192.168.1.5:8080/`. */
export function mountedAt(): URL {
  return new URL(told('root'), location.href);
}

/**
 * The WebSocket address of the relay. It is found from the page's own, since a proxy may have the whole server below a
 * path that the relay knows nothing of.
 */
export function relayAddress(): string {
  const server = new URL(told('server') || '/', location.href);
  return new URL(told('path').replace(/^\//, ''), server).href;
}

/** To be called when the page works: unless it is, `start-check.js` says that it did not start. */
export function started(): void {
  document.documentElement.dataset['started'] = '';
}

export const prefersLessMotion = matchMedia('(prefers-reduced-motion: reduce)');
