/** What a backend's own guards, pipes and interceptors see of a peer that logs in, if they may (C11). */
import type { IncomingMessage } from 'node:http';

export interface LoginSocket {
  /** The peer's address, behind proxies that are trusted (A23). */
  readonly ip: string;
  /** The upgrade request; undefined when the login is answered. */
  readonly request: IncomingMessage | undefined;
}
