/** The browser client of CarParty Relay: `PartyHost` for the big screen, `PartyPlayer` for a phone. */
export type { Message } from './message.js';
export { PartyHost } from './party-host.js';
export type { BackInfo, HostEvents, JoinInfo } from './host-events.js';
export type { HostOptions } from './host-options.js';
export { PartyPlayer, type PlayerEvents, type PlayerOptions } from './party-player.js';
export { normalCode, proposeCode } from './code.js';
export type { ConnectionOptions } from './options.js';
export type { Reason, Rejection } from './reason.js';
export type { SocketConstructor, SocketLike } from './socket.js';
export type { Status } from './status.js';
export type { Store, StorePlace } from './store.js';
