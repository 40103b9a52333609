/** What operator modules may see of the relay: they can be deleted with their one import, and import nothing deeper. */
export { Backbone, BackboneAway, type BackboneState } from './backbone/backbone.js';
export type { BackboneCounters } from './backbone/backbone-counters.js';
export { FrontDoor, type HttpKeeper } from './gateway/front-door.js';
export { reset } from './gateway/reset.js';
export { takenBy } from './gateway/taken-by.js';
export { AddressBuckets } from './limits/address-buckets.js';
export { keyOf } from './limits/address.js';
export { type AnyRequest, rawRequest } from './limits/any-request.js';
export { ClientAddresses } from './limits/client-addresses.js';
export { LONGEST_CODE, LONGEST_ID } from './protocol/login.js';
export { Doorkeeper, type DoorAnswer } from './relay.doorkeeper.js';
export type { Located } from './relay.located.js';
export {
  RelayMonitor,
  type ConnectionView,
  type PlayerView,
  type RoomDetails,
  type RoomView,
  type Totals,
} from './relay.monitor.js';
export { ENDINGS, type Ending } from './rooms/endings.js';
export { type Inspector, isJsonObject } from './rooms/inspector.js';
export type { Room } from './rooms/room.js';
export { Readiness, type Obstacle } from './rooms/readiness.js';
export { type Flow, type Histogram, type Sizes, Traffic } from './routing/traffic.js';
export { refusalOf, reportOf, type EndingReport } from './session/ending-report.js';
export type { Measures } from './session/measures.js';
export { SessionEvents, type SessionListener } from './session/session-events.js';
export type { Phase, Session } from './session/session.js';
