/** What operator modules may see of the relay: they can be deleted with their one import, and import nothing deeper. */
export { keyOf } from './limits/address.js';
export { ClientAddresses } from './limits/client-addresses.js';
export { TokenBucket } from './limits/token-bucket.js';
export { ENDINGS, type Ending } from './rooms/endings.js';
export { SessionEvents, type SessionListener } from './session/session-events.js';
export type { Phase, Session } from './session/session.js';
