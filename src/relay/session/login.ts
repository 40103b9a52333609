/** A login on its way to a room: one value, from the gateway on. */
import type { HostAsked } from '../seats/host-seats.js';
import type { Asked } from '../rooms/seat.js';
import type { Credentials } from './authorizer.js';

export interface LoginOfHost {
  readonly serverCode: string;
  readonly credentials: Credentials;
  /** What it asks of the relay; undefined if it has not asked (R1). */
  readonly asked: HostAsked | undefined;
}

export interface LoginOfPlayer {
  readonly serverCode: string;
  readonly clientId: string;
  readonly credentials: Credentials;
  readonly asked: Asked | undefined;
}
