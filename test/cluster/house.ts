// A node without sockets: sessions, rooms and routing as they are, over connections that only remember.
import type { IncomingMessage } from 'node:http';
import type { Backbone } from '../../src/relay/session/backbone.js';
import { RelayOptions } from '../../src/config/relay-options.js';
import { RelayEvents } from '../../src/relay/service/relay.events.js';
import { RelayService } from '../../src/relay/service/relay.service.js';
import type { Ending } from '../../src/relay/rooms/endings.js';
import { carryOutAnywhere } from '../../src/relay/service/orders.js';
import type { Order } from '../../src/relay/rooms/order.js';
import { Readiness } from '../../src/relay/rooms/readiness.js';
import { RoomDirectory } from '../../src/relay/rooms/room-directory.js';
import type { Asked } from '../../src/relay/rooms/seat.js';
import { RoutingService } from '../../src/relay/routing/routing.service.js';
import { Traffic } from '../../src/relay/routing/traffic.js';
import type { Turn } from '../../src/relay/rooms/turn.js';
import { Admission } from '../../src/relay/session/admission.js';
import {
  Authorizer,
  type Credentials,
  type HostLogin,
  LoginRequest,
  type PlayerLogin,
} from '../../src/relay/session/authorizer.js';
import type { HostAsked } from '../../src/relay/seats/host-seats.js';
import { Seats } from '../../src/relay/seats/seats.js';
import type { LoginOfHost } from '../../src/relay/session/login.js';
import { type CodeQuestion, LoginLimits } from '../../src/relay/session/login-limits.js';
import { SessionEvents } from '../../src/relay/session/session-events.js';
import type { Session } from '../../src/relay/session/session.js';
import { Memory } from './memory.js';
import { SessionService } from '../../src/relay/session/session.service.js';

class NoLimits extends LoginLimits {
  refuseHost(): undefined {}

  ask(_address: string, codes: readonly string[]): CodeQuestion {
    return { codes, wait: 0, settle: () => undefined };
  }
}

/** What peers bring along that have no connection. */
const NOTHING: Credentials = { request: new LoginRequest({} as IncomingMessage, ''), login: {} };

function loginTo(serverCode: string, asked?: HostAsked): LoginOfHost {
  return { serverCode, credentials: NOTHING, asked };
}

/** Lets everybody in, and remembers whether they came back. */
class Remembering extends Authorizer {
  readonly returns: boolean[] = [];

  override authorizeHost(login: HostLogin): boolean {
    this.returns.push(login.returns);
    return true;
  }

  override authorizePlayer(login: PlayerLogin): boolean {
    return this.authorizeHost(login);
  }
}

/** A host or a player that has logged in, or was refused. */
export class TestPeer {
  constructor(
    readonly session: Session,
    private readonly connection: Memory,
    private readonly routing: RoutingService,
  ) {}

  get got(): readonly string[] {
    return this.connection.got;
  }

  get isHeld(): boolean {
    return this.connection.isHeld;
  }

  get ending(): Ending | undefined {
    return this.session.phase.name === 'ended' ? this.session.phase.ending : undefined;
  }

  say(text: string): void {
    const { phase } = this.session;
    if (phase.name !== 'host' && phase.name !== 'player') return;
    const seat = phase.name === 'host' ? phase.room.hostSeat : phase.player.seat;
    if (seat?.stream !== undefined) seat.stream.taken++;
    if (phase.name === 'host') this.routing.deliver(phase.room, Buffer.from(text), false);
    else this.routing.forward(phase.player, Buffer.from(text));
  }

  leave(): void {
    this.session.end('left');
  }

  /** Its network fails, and nobody notices. */
  vanish(): void {
    this.connection.isDeaf = true;
  }

  /** Its network fails, and the relay notices. */
  lose(): void {
    this.vanish();
    this.connection.hasSaidGoodbye = false;
    this.session.end('left');
  }
}

export class House {
  readonly rooms: RoomDirectory;
  readonly readiness = new Readiness();
  readonly options: RelayOptions;
  /** What a backend asks that embeds the relay. */
  readonly relay: RelayService;
  readonly backbone: Backbone;
  readonly seats: Seats;
  /** What a backend hears of this node: who comes and goes. */
  readonly heard: string[] = [];
  private readonly authorizer = new Remembering();
  private readonly sessions: SessionService;
  private readonly routing: RoutingService;

  constructor(turn: Turn, backbone: (house: House) => Backbone, options: Partial<RelayOptions> = {}) {
    this.options = Object.assign(new RelayOptions(), { maxPlayersPerRoom: 5, ...options });
    this.routing = new RoutingService(this.options, new Traffic());
    this.rooms = new RoomDirectory(turn);
    this.seats = new Seats(this.rooms, this.options);
    this.backbone = backbone(this);
    this.relay = new RelayService(this.rooms, this.backbone);
    const events = new SessionEvents();
    this.listen(new RelayEvents(events, this.seats));
    this.sessions = new SessionService(
      this.rooms,
      new Admission(this.authorizer, new NoLimits(), this.readiness),
      events,
      this.backbone,
      this.options,
      this.seats,
    );
  }

  /** Whether the last login was that of a peer that comes back. */
  get hasReturned(): boolean | undefined {
    return this.authorizer.returns.at(-1);
  }

  async host(code: string, asked?: HostAsked): Promise<TestPeer> {
    return this.login((session) => this.sessions.loginHost(session, loginTo(code, asked)));
  }

  async player(code: string, id: string, asked?: Asked): Promise<TestPeer> {
    const login = { ...loginTo(code, asked), clientId: id };
    return this.login((session) => this.sessions.loginPlayer(session, login));
  }

  /** What an operator tells a room, wherever it is. */
  order(order: Order): Promise<number> {
    return carryOutAnywhere(order, this.rooms, this.backbone);
  }

  /** A player that does not wait until it is let in or refused. */
  hastyPlayer(code: string, id: string, asked?: Asked): TestPeer {
    const peer = this.connect();
    void this.sessions.loginPlayer(peer.session, { ...loginTo(code, asked), clientId: id });
    return peer;
  }

  private listen({ roomOpened, roomClosed, playerJoined, playerLeft }: RelayEvents): void {
    roomOpened.subscribe(() => this.heard.push('opened'));
    roomClosed.subscribe(({ ending }) => this.heard.push(`closed: ${ending}`));
    playerJoined.subscribe(({ clientId }) => this.heard.push(`${clientId} joined`));
    playerLeft.subscribe(({ clientId, ending }) => this.heard.push(`${clientId} left: ${ending}`));
  }

  private async login(ask: (session: Session) => Promise<object | Ending>): Promise<TestPeer> {
    const peer = this.connect();
    const answer = await ask(peer.session);
    if (typeof answer === 'string') this.sessions.refuse(peer.session, answer);
    return peer;
  }

  private connect(): TestPeer {
    const connection = new Memory();
    return new TestPeer(this.sessions.open(connection), connection, this.routing);
  }
}
