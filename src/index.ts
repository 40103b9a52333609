/** The public door: what a Nest backend that embeds the relay may use. */
import './config/supported-node.js';
export { BackboneAway } from './relay/session/backbone.js';
export { RelayOptions } from './config/relay-options.js';
export { RelayConfigModule, relayConfig } from './config/relay-config.module.js';
export type { ModuleMarks } from './config/marked-module.js';
export { OptionError } from './config/option-error.js';
export type { LoginSocket } from './relay/gateway/login/login-socket.js';
export { RelayWsAdapter } from './relay/gateway/relay-ws.adapter.js';
export { ConsoleModule } from './operator/console/console.module.js';
export { ENDINGS, type Ending, type EndingKind, type Retry } from './relay/rooms/endings.js';
export { HealthModule } from './operator/health/health.module.js';
export { RelayHealthIndicator } from './operator/health/relay-health.indicator.js';
export { MetricsModule } from './operator/metrics/metrics.module.js';
export { PartyPageModule } from './party-page/party-page.module.js';
export {
  type LoginWasRefused,
  type PlayerJoined,
  type PlayerLeft,
  RelayEvents,
  type RoomClosed,
  type RoomOpened,
} from './relay/service/relay.events.js';
export { RelayModule } from './relay.module.js';
export type { RelayModuleExtras, RelayOptionsFactory } from './relay.module-definition.js';
export { RelayMonitor } from './relay/service/relay.monitor.js';
export type { MessageListener, ObservedMessage } from './relay/service/observers.js';
export { RelayService, RoomElsewhere, type RoomSummary } from './relay/service/relay.service.js';
export {
  Authorizer,
  type Credentials,
  type Grant,
  type HostLogin,
  type LoginRequest,
  type PlayerLogin,
} from './relay/session/authorizer.js';
export { WhyModule } from './operator/why/why.module.js';
