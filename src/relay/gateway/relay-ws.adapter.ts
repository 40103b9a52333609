/** Brings the relay's gateway and a larger backend's own gateways under one HTTP server. */
import type { IncomingMessage, Server } from 'node:http';
import type { INestApplicationContext, WebSocketAdapter } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { Observable } from 'rxjs';
import type { WebSocketServer } from 'ws';
import { inWordsOf } from '../../config/names-of-options.js';
import { OptionError } from '../../config/option-error.js';
import { isOneOfMany } from '../../config/processes.js';
import { RelayOptions } from '../../config/relay-options.js';
import { FrontDoor } from './upgrade/front-door.js';
import { LoginPipelines } from './login/login-pipelines.js';
import { asksForWebSocket } from './upgrade/ordinary-answer.js';
import { RelayServer } from './upgrade/relay-server.js';
import { Connections } from './connection/connections.js';
import { SocketConnection } from './connection/socket-connection.js';
import { RelayLog } from '../logging/relay-log.js';
import { RELAY_GATEWAY_PATH, RelayGateway } from './relay.gateway.js';
import { type Neighbours, watchServer } from './upgrade/server-warnings.js';
import { type Upgrade, type UpgradeDoor, UpgradeSwitch, pathOf } from './upgrade/upgrade-switch.js';

/** Nest's port for "the HTTP server of the application". */
const APPLICATION = 0;

/** Value of the option `path` that leaves no path to others. */
const ANY_PATH = '*';

const IMPORTED_TWICE =
  'RelayModule is imported twice: import it once, and every module of the backend may inject its RelayService.';

const PATH_NEEDED = 'path must be an absolute path, not *, when another adapter serves the other gateways';

const NATS_NEEDED =
  '--nats is needed: this process is one of several (node:cluster, pm2 -i), and without it a phone finds only the ' +
  'games in its process; or run a single process.';

/** Nest's own WsAdapter also takes an HTTP server, or nothing. */
const APPLICATION_NEEDED = 'new RelayWsAdapter(app) needs the application that NestFactory.create() made.';

/** What Nest calls of an adapter at the end, though its interface does not say so. */
type OtherAdapter = WebSocketAdapter & { dispose?(): unknown };

interface GatewayOptions {
  path?: string;
  namespace?: string;
  server?: unknown;
}

/**
 * Nest's own WsAdapter answers on exact paths only, leaves a connection open after a bad message and cuts
 * connections off at shutdown. This one serves the relay's gateway as the protocol wants it, on any path
 * that no other gateway has (or on the option `path`), and leaves every other gateway to WsAdapter, or to
 * the adapter given as `others`, such as one for socket.io. Upgrade requests for none of them go to the other
 * listeners of the HTTP server (C9).
 */
export class RelayWsAdapter extends WsAdapter implements UpgradeDoor {
  private relay: RelayServer | undefined;
  private relayPath = '';
  private frontDoor: FrontDoor | undefined;
  private connections: Connections | undefined;
  private readonly switches: UpgradeSwitch[] = [];
  private readonly watches: (() => void)[] = [];

  constructor(
    private readonly app: INestApplicationContext,
    private readonly others?: OtherAdapter,
  ) {
    super(app);
    if (typeof (app as Partial<INestApplicationContext> | undefined)?.get !== 'function')
      throw new Error(APPLICATION_NEEDED);
  }

  override create(port: number, options: GatewayOptions = {}): unknown {
    if (options.path === RELAY_GATEWAY_PATH) return this.createRelay();
    return this.others ? this.others.create(port, options) : (super.create(port, options) as unknown);
  }

  /**
   * Serves the relay, and the gateways of the application, on one more HTTP server too: on each that listens, when
   * `app.listen()` is not what the backend calls.
   */
  serve(server: Server): this {
    const upgrades = new UpgradeSwitch(server, this);
    this.switches.push(upgrades);
    this.watches.push(watchServer(server, () => this.neighbours(upgrades)));
    return this;
  }

  override bindClientConnect(server: unknown, callback: (...args: unknown[]) => void): void {
    if (server instanceof RelayServer) {
      // Nest gives the gateways of one path one server, so a second relay gateway would serve the same sockets.
      if (server.hasListener) throw new Error(IMPORTED_TWICE);
      server.listen(callback);
    } else if (this.others) this.others.bindClientConnect(server, callback);
    else super.bindClientConnect(server, callback);
  }

  override bindClientDisconnect(client: unknown, callback: () => void): void {
    if (client instanceof SocketConnection) client.onClosed = callback;
    else if (this.others) this.others.bindClientDisconnect?.(client, callback);
    else super.bindClientDisconnect(client, callback);
  }

  override bindMessageHandlers(
    client: unknown,
    handlers: MessageMappingProperties[],
    transform: (result: unknown) => Observable<unknown>,
  ): void {
    // The relay's own connection is listened to since it was opened, and its messages go another way than Nest's.
    if (client instanceof SocketConnection) return;
    if (this.others) this.others.bindMessageHandlers(client, handlers, transform);
    else super.bindMessageHandlers(client, handlers, transform);
  }

  override async close(server: unknown): Promise<void> {
    if (server instanceof RelayServer) await this.connections?.shutdown();
    else if (this.others) await this.others.close(server);
    else await super.close(server);
  }

  override async dispose(): Promise<void> {
    for (const each of this.switches.splice(0)) each.remove();
    for (const end of this.watches.splice(0)) end();
    await super.dispose();
    await this.others?.dispose?.();
  }

  /** Whether an upgrade request is for the relay, or for a gateway of the application. */
  isMine(request: IncomingMessage): boolean {
    return this.serverFor(request) !== undefined;
  }

  /** Takes an upgrade request if it {@link isMine}. */
  open(...[request, stream, head]: Upgrade): boolean {
    const server = this.serverFor(request);
    if (server === undefined) return false;
    if (server instanceof RelayServer) server.upgrade(request, head);
    else if (this.frontDoor?.takes(stream) !== false)
      server.handleUpgrade(request, stream, head, (socket) => server.emit('connection', socket, request));
    return true;
  }

  /** An upgrade request that neither the relay nor another listener takes. */
  lost(request: IncomingMessage): void {
    if (asksForWebSocket(request)) this.frontDoor?.lost(request);
  }

  /** The application's server gets our switch, other ports keep the listener of WsAdapter. */
  protected override ensureHttpServerExists(port: number, httpServer?: Server): Server | undefined {
    if (port !== APPLICATION || httpServer === undefined)
      return super.ensureHttpServerExists(port, httpServer);
    if (this.httpServersRegistry.has(port)) return undefined;
    this.httpServersRegistry.set(port, httpServer);
    this.serve(httpServer);
    return httpServer;
  }

  private createRelay(): RelayServer {
    const options = this.app.get(RelayOptions, { strict: false });
    if (this.others && options.path === ANY_PATH) throw new OptionError(PATH_NEEDED);
    if (options.nats.length === 0 && isOneOfMany()) throw new OptionError(inWordsOf(options, NATS_NEEDED));
    this.relayPath = options.path;
    this.app.get(LoginPipelines, { strict: false }).make(RelayGateway);
    const frontDoor = this.app.get(FrontDoor, { strict: false });
    const connections = this.app.get(Connections, { strict: false });
    const relay = new RelayServer(frontDoor, connections, this.app.get(RelayLog, { strict: false }));
    connections.serve();
    this.relay = relay;
    this.frontDoor = frontDoor;
    this.connections = connections;
    this.ensureHttpServerExists(APPLICATION, this.httpServer as Server);
    return relay;
  }

  /** Exact paths first, then the relay. */
  private serverFor(request: IncomingMessage): WebSocketServer | RelayServer | undefined {
    if (!asksForWebSocket(request)) return undefined;
    const path = pathOf(request);
    const isRelays = this.relayPath === ANY_PATH || this.relayPath === path;
    return this.gateways.find((gateway) => gateway.path === path) ?? (isRelays ? this.relay : undefined);
  }

  /** The gateways of the application that WsAdapter serves. */
  private get gateways(): (WebSocketServer & { path: string })[] {
    return (this.wsServersRegistry.get(APPLICATION) ?? []) as (WebSocketServer & { path: string })[];
  }

  private neighbours(upgrades: UpgradeSwitch): Neighbours {
    return {
      relayPath: this.relayPath === ANY_PATH ? undefined : this.relayPath,
      gateways: this.gateways.map(({ path }) => path),
      hasOthers: upgrades.hasOthers,
    };
  }
}
