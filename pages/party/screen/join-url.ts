/** The address that phones are sent to, or why there is none. */

/** What the relay knows of where it listens. */
export interface Reach {
  /** An address of this computer that phones in its network can use; empty if there is none. */
  readonly address: string;
  /** True if the relay listens on 127.0.0.1 or ::1 only. */
  readonly isLoopbackOnly: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Where phones find the party, seen from the page at `mount`; undefined if phones cannot reach it. */
export function joinUrl(mount: URL, code: string, { address }: Reach): URL | undefined {
  const url = new URL(`party/${encodeURIComponent(code)}`, mount);
  if (!LOOPBACK.test(url.hostname)) return url;
  if (!address) return undefined;
  url.hostname = address.includes(':') ? `[${address}]` : address;
  return url;
}
