/** The relay as a Nest module: wiring only. */
import { type DynamicModule, Global, Module, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { Backbone } from './relay/session/backbone.js';
import { FrozenWatch } from './cluster/claims/frozen-watch.js';
import { SYSTEM_CLOCK } from './cluster/clock.js';
import { createBackbone } from './cluster/cluster.provider.js';
import { expectSource } from './config/async-options.js';
import { CONFIGURED_OPTIONS, merged } from './config/configured-options.js';
import { RelayOptions } from './config/relay-options.js';
import { validateOptions } from './config/validate-options.js';
import { Connections } from './relay/gateway/connection/connections.js';
import { Logins } from './relay/gateway/login/logins.js';
import { FrontDoor } from './relay/gateway/upgrade/front-door.js';
import { GLOBALS, LoginPipelines } from './relay/gateway/login/login-pipelines.js';
import { RelayGateway } from './relay/gateway/relay.gateway.js';
import { RelayWsAdapter } from './relay/gateway/relay-ws.adapter.js';
import { StandInAdapter } from './relay/gateway/upgrade/stand-in.adapter.js';
import { AddressLimits } from './relay/limits/address-limits.js';
import { ClientAddresses } from './relay/limits/client-addresses.js';
import { ForwardedRequests } from './relay/limits/forwarded-requests.js';
import { LoggingInterceptor } from './relay/logging/logging.interceptor.js';
import { RelayLog } from './relay/logging/relay-log.js';
import { SilentFilter } from './relay/logging/silent.filter.js';
import { Doorkeeper } from './relay/service/doorkeeper.js';
import { Presence } from './relay/service/presence.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  type OPTIONS_TYPE,
} from './relay.module-definition.js';
import { RelayEvents } from './relay/service/relay.events.js';
import { RelayMonitor } from './relay/service/relay.monitor.js';
import { RelayService } from './relay/service/relay.service.js';
import { Readiness } from './relay/rooms/readiness.js';
import { RoomDirectory } from './relay/rooms/room-directory.js';
import { EventLoopTurn } from './relay/gateway/connection/event-loop-turn.js';
import { RoutingService } from './relay/routing/routing.service.js';
import { Traffic } from './relay/routing/traffic.js';
import { WatchedTurn } from './relay/gateway/connection/watched-turn.js';
import { Admission } from './relay/session/admission.js';
import { Seats } from './relay/seats/seats.js';
import { Authorizer } from './relay/session/authorizer.js';
import { Draining } from './relay/session/draining.js';
import { LoginLimits } from './relay/session/login-limits.js';
import { SessionEvents } from './relay/session/session-events.js';
import { SessionService } from './relay/session/session.service.js';

/**
 * Import it with `RelayModule.forRoot({ ... })` or `forRootAsync({ ... })`, or as it is, and install its adapter with
 * `app.useWebSocketAdapter(new RelayWsAdapter(app))`.
 */
@Global()
@Module({
  providers: [
    {
      provide: RelayOptions,
      // Absent without `forRoot`, or when the factory of a backend has nothing to say.
      useFactory: (given?: Partial<RelayOptions>, configured?: RelayOptions) =>
        validateOptions(merged(given ?? {}, configured)),
      inject: [
        { token: MODULE_OPTIONS_TOKEN, optional: true },
        { token: CONFIGURED_OPTIONS, optional: true },
      ],
    },
    {
      provide: RoomDirectory,
      useFactory: (turn: EventLoopTurn) => new RoomDirectory(turn),
      inject: [EventLoopTurn],
    },
    {
      provide: AddressLimits,
      useFactory: (options: RelayOptions, events: SessionEvents) => new AddressLimits(options, events),
      inject: [RelayOptions, SessionEvents],
    },
    {
      provide: Backbone,
      useFactory: createBackbone,
      inject: [RelayOptions, RoomDirectory, Seats, EventLoopTurn, Readiness, FrozenWatch],
    },
    {
      provide: EventLoopTurn,
      useFactory: ({ nats }: RelayOptions, watch: FrozenWatch) =>
        nats.length > 0 ? new WatchedTurn(watch) : new EventLoopTurn(),
      inject: [RelayOptions, FrozenWatch],
    },
    { provide: FrozenWatch, useFactory: () => new FrozenWatch(SYSTEM_CLOCK) },
    { provide: LoginLimits, useExisting: AddressLimits },
    // Those of `forRoot` come after them, and take their places.
    Admission,
    Authorizer,
    { provide: GLOBALS, useValue: false },
    ClientAddresses,
    Connections,
    Doorkeeper,
    Draining,
    ForwardedRequests,
    FrontDoor,
    LoginPipelines,
    Logins,
    Presence,
    RelayEvents,
    RelayGateway,
    Readiness,
    RelayLog,
    RelayMonitor,
    RelayService,
    RoutingService,
    Seats,
    SessionEvents,
    SessionService,
    LoggingInterceptor,
    SilentFilter,
    Traffic,
  ],
  // One relay for the whole application (its adapter refuses a second one), so every module of it may inject these.
  exports: [
    ...[Backbone, ClientAddresses, Doorkeeper, Draining, Presence, Readiness, RelayEvents, RelayMonitor],
    ...[RelayOptions, RelayService, Seats, SessionEvents],
  ],
})
export class RelayModule extends ConfigurableModuleClass implements OnModuleInit {
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    expectSource('RelayModule', options);
    return super.forRootAsync(options);
  }

  constructor(
    private readonly application: ApplicationConfig,
    private readonly http: HttpAdapterHost,
    modules: ModulesContainer,
  ) {
    super();
    // Nest ends global modules last. The relay says goodbye before another part of the backend ends all connections (E8).
    for (const each of modules.values()) if (each.metatype === RelayModule) each.distance = 0;
    // Without any adapter Nest would look for socket.io and end the process, before onModuleInit can tell.
    if (!application.getIoAdapter()) application.setIoAdapter(new StandInAdapter());
  }

  onModuleInit(): void {
    // A script that creates an application context to use some services listens nowhere, and needs no adapter.
    if (!this.http.httpAdapter) return;
    if (!(this.application.getIoAdapter() instanceof RelayWsAdapter)) throw new Error(ADAPTER_MISSING);
  }
}

const ADAPTER_MISSING =
  'RelayModule needs its WebSocket adapter: call app.useWebSocketAdapter(new RelayWsAdapter(app)) before app.listen().';
