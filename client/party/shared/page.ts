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

/** The WebSocket path of the relay, `/` unless the relay was told another. */
export function relayPath(): string {
  return told('path') || '/';
}

/** To be called when the page works: unless it is, `start-check.js` says that it did not start. */
export function started(): void {
  document.documentElement.dataset['started'] = '';
}

export const prefersLessMotion = matchMedia('(prefers-reduced-motion: reduce)');
