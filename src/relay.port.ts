/** What operator modules may see of the relay: they can be deleted with their one import, and import nothing deeper. */
export { Backbone, type BackboneState } from './backbone/backbone.js';
export type { BackboneCounters } from './backbone/backbone-counters.js';
export { keyOf } from './limits/address.js';
export { ClientAddresses } from './limits/client-addresses.js';
export { TokenBucket } from './limits/token-bucket.js';
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
