// A node without sockets: sessions, rooms and routing as they are, over connections that only remember.
import type { IncomingMessage } from 'node:http';
import type { Backbone } from '../../src/relay/session/backbone.js';
import { RelayOptions } from '../../src/config/relay-options.js';
import type { Message } from '../../src/relay/protocol/message.js';
import { RelayService } from '../../src/relay/service/relay.service.js';
import type { Ending } from '../../src/relay/rooms/endings.js';
import { carryOutAnywhere } from '../../src/relay/service/orders.js';
import type { Order } from '../../src/relay/rooms/order.js';
import { HoldReason } from '../../src/relay/rooms/peer.js';
import { Readiness } from '../../src/relay/rooms/readiness.js';
import { RoomDirectory } from '../../src/relay/rooms/room-directory.js';
import { RoutingService } from '../../src/relay/routing/routing.service.js';
import { Traffic } from '../../src/relay/routing/traffic.js';
import type { Turn } from '../../src/relay/rooms/turn.js';
import { Admission } from '../../src/relay/session/admission.js';
import { Authorizer, type Credentials, LoginRequest } from '../../src/relay/session/authorizer.js';
import { Seats } from '../../src/relay/seats/seats.js';
import type { LoginOfHost } from '../../src/relay/session/login.js';
import type { Connection } from '../../src/relay/session/connection.js';
import { type CodeQuestion, LoginLimits } from '../../src/relay/session/login-limits.js';
import type { Measures } from '../../src/relay/session/measures.js';
import { SessionEvents } from '../../src/relay/session/session-events.js';
import type { Session } from '../../src/relay/session/session.js';
import { SessionService } from '../../src/relay/session/session.service.js';

class NoLimits extends LoginLimits {
  refuseHost(): undefined {}

  ask(_address: string, codes: readonly string[]): CodeQuestion {
    return { codes, wait: 0, settle: () => undefined };
  }
}

/** What peers bring along that have no connection. */
const NOTHING: Credentials = { request: new LoginRequest({} as IncomingMessage, ''), login: {} };

function loginTo(serverCode: string): LoginOfHost {
  return { serverCode, credentials: NOTHING, asked: undefined };
}

const UNMEASURED: Measures = {
  age: 0,
  messagesIn: 0,
  messagesOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  waiting: 0,
  isPaused: false,
  roundTrip: undefined,
  jitter: undefined,
};

/** What a peer has got, and what was done to it. */
class Memory implements Connection {
  readonly hasSaidGoodbye = true;
  readonly id = 1;
  readonly remoteAddress = '127.0.0.1';
  readonly isNameless = true;
  readonly queuedBytes = 0;
  readonly lastRoundTrip = undefined;
  readonly got: string[] = [];
  isClosed = false;
  isCutOff = false;
  holds = 0;

  get isHeld(): boolean {
    return this.holds !== 0;
  }

  measure(): Measures {
    return UNMEASURED;
  }

  send(message: Message): void {
    const bytes = Buffer.alloc(message.byteLength);
    message.copyTo(bytes, 0);
    this.take(bytes);
  }

  sendFrames(frames: Buffer, messages: number): void {
    let count = 0;
    for (let at = 0; at < frames.length; count++) {
      const short = frames[at + 1]!;
      const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
      const long = short === 126 ? frames.readUInt16BE(at + 2) : 0;
      const length = short < 126 ? short : short === 126 ? long : Number(frames.readBigUInt64BE(at + 2));
      this.take(frames.subarray(start, start + length));
      at = start + length;
    }
    if (count !== messages) throw new Error(`${count} frames were called ${messages}`);
  }

  hold(reason: HoldReason): void {
    this.holds |= reason;
  }

  release(reason: HoldReason): void {
    this.holds &= ~reason;
  }

  carry(): void {
    throw new Error('nobody here asks for a stream');
  }

  probe(): Promise<boolean> {
    return Promise.resolve(false);
  }

  close(): void {
    this.isClosed = true;
  }

  cut(): void {
    this.isClosed = this.isCutOff = true;
  }

  private take(bytes: Buffer): void {
    if (!this.isClosed) this.got.push(bytes.toString());
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
    if (phase.name === 'host') this.routing.deliver(phase.room, Buffer.from(text), false);
    else if (phase.name === 'player') this.routing.forward(phase.player, Buffer.from(text));
  }

  leave(): void {
    this.session.end('left');
  }
}

export class House {
  readonly rooms: RoomDirectory;
  readonly readiness = new Readiness();
  readonly options = Object.assign(new RelayOptions(), { maxPlayersPerRoom: 5 });
  /** What a backend asks that embeds the relay. */
  readonly relay: RelayService;
  readonly backbone: Backbone;
  private readonly sessions: SessionService;
  private readonly routing = new RoutingService(this.options, new Traffic());

  constructor(turn: Turn, backbone: (house: House) => Backbone) {
    this.rooms = new RoomDirectory(turn);
    this.backbone = backbone(this);
    this.relay = new RelayService(this.rooms, this.backbone);
    this.sessions = new SessionService(
      this.rooms,
      new Admission(new Authorizer(), new NoLimits(), this.readiness),
      new SessionEvents(),
      this.backbone,
      this.options,
      new Seats(this.rooms, this.options),
    );
  }

  async host(code: string): Promise<TestPeer> {
    return this.login((session) => this.sessions.loginHost(session, loginTo(code)));
  }

  async player(code: string, id: string): Promise<TestPeer> {
    return this.login((session) => this.sessions.loginPlayer(session, { ...loginTo(code), clientId: id }));
  }

  /** What an operator tells a room, wherever it is. */
  order(order: Order): Promise<number> {
    return carryOutAnywhere(order, this.rooms, this.backbone);
  }

  /** A player that does not wait until it is let in or refused. */
  hastyPlayer(code: string, id: string): TestPeer {
    const peer = this.connect();
    void this.sessions.loginPlayer(peer.session, { ...loginTo(code), clientId: id });
    return peer;
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
