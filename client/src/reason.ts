/** Why a player or host is not connected, in words that a user interface can show. */

/** `code` is for the program: the relay's name of the ending, or one of the client's own below. */
export interface Reason {
  readonly code: string;
  /** One sentence for people, in English. */
  readonly text: string;
}

export const OFFLINE: Reason = { code: 'offline', text: 'This device is offline.' };
export const LOST: Reason = { code: 'lost', text: 'The connection was lost.' };
export const SHUTDOWN: Reason = { code: 'shutdown', text: 'The relay is restarting.' };
export const LEFT: Reason = { code: 'left', text: 'You have left.' };

/** The relay closed the connection and nobody can tell why: it never says so on the wire. */
export const CLOSED: Reason = { code: 'closed', text: 'The relay closed the connection.' };

/** No connection came about; a browser does not tell a page more than that. */
export function unreachable(url: string): Reason {
  return {
    code: 'unreachable',
    text: `The relay at ${url} does not answer. Is it running, and is this device in its network?`,
  };
}

/** The browser itself refused to connect. */
export function blocked(url: string, error: unknown): Reason {
  return { code: 'blocked', text: `This browser may not connect to ${url}: ${String(error)}` };
}
