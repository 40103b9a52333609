/** A login on its way to a room: one value, from the gateway on. */
import type { Credentials } from './authorizer.js';

export interface LoginOfHost {
  readonly serverCode: string;
  readonly credentials: Credentials;
}

export interface LoginOfPlayer extends LoginOfHost {
  readonly clientId: string;
}
