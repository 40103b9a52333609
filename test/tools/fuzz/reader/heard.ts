// What a server makes of a client's bytes, in words that can be compared.

/** How it ended: open still, by the payload of a close frame in hex, or by what the peer did wrong. */
export type End = 'open' | `closed ${string}` | 'protocol-error' | 'too-large' | 'too-many-fragments';

export interface Heard {
  /** Messages, pings and pongs, in order. */
  readonly said: readonly string[];
  readonly end: End;
}

export type Kind = 'text' | 'binary' | 'ping' | 'pong';

export function said(kind: Kind, payload: Buffer): string {
  return `${kind} ${payload.toString('latin1')}`;
}
