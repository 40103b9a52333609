/** Why a player or host is not connected, in words that a guest understands, and beside them the developer's. */

/** `code` is for the program: the relay's name of the ending, or one of the client's own below. */
export interface Reason {
  readonly code: string;
  /** One sentence or two for the people at the party, in English. */
  readonly text: string;
  /** What a developer or operator wants to know besides. */
  readonly detail?: string;
  /** Whether to try again, as the relay says: `never` if the answer would be the same. */
  readonly retry?: 'never' | 'later' | 'now';
  /** True if the relay says that it refused the login. */
  readonly refused?: boolean;
}

export const OFFLINE: Reason = { code: 'offline', text: 'This device is offline.' };
export const LOST: Reason = { code: 'lost', text: 'The connection was lost.' };
export const LEFT: Reason = { code: 'left', text: 'You have left.' };

export const SHUTDOWN: Reason = {
  code: 'shutdown',
  text: 'The party is interrupted for a moment.',
  detail: 'The relay is stopping or restarting (close status 1001).',
};

/** The relay closed the connection for an unknown reason: it never gives one on the wire. */
export const CLOSED: Reason = {
  code: 'closed',
  text: 'The connection was closed.',
  detail: 'The relay closed the connection without a reason, and /v1/why has none.',
};

/** A party that was there a moment ago has no host now; `detail` says how that is known. */
export function hostAway(detail: string): Reason {
  return { code: 'host-away', text: 'The big screen is away. Waiting for it to come back.', detail };
}

/** A host asks for the code that it had a moment ago. */
export function takingBack(serverCode: string): Reason {
  return {
    code: 'taking-back',
    text: `Taking the party ${serverCode} back …`,
    detail: `The relay still counts another connection as the host of ${serverCode}, probably the one before.`,
  };
}

/** The connection is there, and nothing comes. */
export function quiet(milliseconds: number): Reason {
  return { code: 'quiet', text: `No answer for ${Math.floor(milliseconds / 1_000)} s.` };
}

/** No connection came about; a browser does not tell a page more than that. */
export function unreachable(url: string): Reason {
  return {
    code: 'unreachable',
    text: 'The party cannot be reached. Is this device on the right network?',
    detail: `The relay at ${url} does not answer. Is it running, and is this device on its network?`,
  };
}

/** The browser itself refused to connect. */
export function blocked(url: string, error: unknown): Reason {
  return {
    code: 'blocked',
    text: 'This browser does not let the page connect to the party.',
    detail: `It may not connect to ${url}: ${String(error)}`,
  };
}

/** A message was not sent, since the relay would have ended the connection for it. */
export interface Rejection extends Reason {
  /** The size of the message on the wire. */
  readonly bytes: number;
  /** The most that is sent: `maxMessageSize`. */
  readonly limit: number;
}

export function tooLarge(bytes: number, limit: number): Rejection {
  const text = `This message is too large: ${bytes.toLocaleString('en')} bytes, and ${limit.toLocaleString('en')} are allowed.`;
  return { code: 'too-large', text, bytes, limit };
}
