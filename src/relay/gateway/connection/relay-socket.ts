/** One open WebSocket of the relay, as ws makes it for each upgrade request. */
import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import { HoldReason } from '../../rooms/peer.js';
import type { Ending } from '../../rooms/endings.js';
import type { RoleTraffic } from '../../routing/traffic.js';
import { type Credentials, LoginRequest } from '../../session/authorizer.js';
import type { Session } from '../../session/session.js';
import { endOnce } from '../node-internals/end-once.js';
import type { FrameTap } from '../node-internals/frame-tap.js';
import type { LoginSocket } from '../login/login-socket.js';
import { IGNORE, type MessageSink } from './message-sink.js';
import { RoundTrip } from './round-trip.js';
import type { SocketConnection } from './socket-connection.js';
import type { RoleLimits, Watch } from './watch.js';

/** What the gateway gives a socket when its connection is open. */
export interface Parts {
  readonly request: IncomingMessage;
  readonly session: Session;
  readonly connection: SocketConnection;
  readonly watch: Watch;
  readonly tap: FrameTap;
}

const NONE: Readonly<Record<string, unknown>> = {};

/** What ws keeps to itself. */
interface Within {
  readonly _receiver: Writable;
  readonly _socket: Writable;
}

/**
 * Adds to ws what the protocol asks for: a peer is told nothing (E4, E11), its session ends with its close
 * frame and not only with its TCP connection (L14), and messages go to one sink after the other.
 */
export class RelaySocket extends WebSocket implements LoginSocket {
  declare session: Session;
  declare connection: SocketConnection;
  declare watch: Watch;
  declare private tap: FrameTap | undefined;
  /** Bytes of what has come behind a login that is not answered yet. */
  bytesBehindLogin = 0;
  /** The upgrade request, for guards of the backend; until the login is answered, since it would outlive its use. */
  request: IncomingMessage | undefined;
  /** The members of the login, as long as {@link request}. */
  login: Readonly<Record<string, unknown>> = NONE;
  /** Whether its login has come through all that the backend may apply to it, so that errors are the relay's. */
  isAtRelay = false;
  private sink: MessageSink = IGNORE;

  /** Where it comes from, behind proxies that are trusted (A23). */
  get ip(): string {
    return this.connection.remoteAddress;
  }

  /** What it has brought along to be let in. @throws if the login was answered already. */
  get credentials(): Credentials {
    const { request, login, ip } = this;
    if (request === undefined) throw new Error('the login was answered');
    return { request: new LoginRequest(request, ip), login };
  }

  assemble({ request, session, connection, watch, tap }: Parts): void {
    this.request = request;
    this.session = session;
    this.connection = connection;
    this.watch = watch;
    this.tap = tap;
  }

  /**
   * Whether the peer has broken RFC 6455. ws tells so a tick later, when what stood behind the breach would have
   * been read (P12); its receiver knows at once.
   */
  get isBroken(): boolean {
    return within(this)._receiver.errored !== null;
  }

  /** All that memory holds for the peer and of it: what it has not taken, and what it sent and nobody could take yet. */
  get keptBytes(): number {
    const { connection, tap, bytesBehindLogin } = this;
    return connection.queuedBytes + connection.unreadBytes + (tap?.unfinishedBytes ?? 0) + bytesBehindLogin;
  }

  /** Lets messages in; they go to `sink` from now on. Called once, when the session is open. */
  listen(sink: MessageSink): void {
    this.on('error', failed);
    // An error of ours met it before it was whole; ws still reads what has come.
    if (this.readyState !== WebSocket.OPEN) return;
    this.sink = sink;
    this.on('message', receive);
    this.on('pong', ponged);
  }

  /** Gives the messages that follow to another sink. */
  handTo(sink: MessageSink): void {
    // An ending is final: a login that was answered too late does not open the ears again.
    if (this.session.phase.name !== 'ended') this.sink = sink;
  }

  /** The login was granted: the role's limits count, and its messages go to `sink`. */
  begin(role: RoleLimits, fanoutByteRate: number, traffic: RoleTraffic, sink: MessageSink): void {
    this.watch.begin(role, fanoutByteRate);
    this.connection.maxQueued = role.maxOutbox;
    this.connection.roundTrip = new RoundTrip(traffic.roundTrips);
    this.handTo(sink);
  }

  /** Counts a frame of any kind against the rate of the peer. */
  count(length: number): void {
    this.watch.count(length);
    if (this.watch.isOverRate) this.connection.hold(HoldReason.Rate);
  }

  /** Takes a message that has come. */
  take(payload: Buffer, isBinary: boolean): void {
    this.connection.messagesIn++;
    this.pass(payload, isBinary);
  }

  /** Gives a message to the sink. */
  pass(payload: Buffer, isBinary: boolean): void {
    try {
      const ending = this.sink(payload, isBinary);
      if (ending !== undefined) this.session.end(ending);
      else if (this.watch.isOverRate) this.connection.hold(HoldReason.Rate);
    } catch (error) {
      this.fail(error);
    }
  }

  /** The login was answered; what waited for it was taken. */
  answered(): void {
    this.request = undefined;
    this.login = NONE;
    // Nobody said yes or no, as when a guard of the embedding backend turned it away.
    if (this.session.phase.name === 'awaiting-login') this.session.end('not-authorized');
    this.connection.release(HoldReason.Login);
  }

  /** Ends the session if more waits than may. */
  checkOutbox(): void {
    const ending = this.connection.check();
    if (ending !== undefined) this.session.end(ending);
  }

  /** Lets `seconds` pass. */
  beat(seconds: number): void {
    const ending = this.watch.beat(seconds, this.connection.isHeld);
    if (ending !== undefined) this.session.end(ending);
    this.checkOutbox();
    if (this.watch.isPingDue) this.ping(this.connection.roundTrip?.ping());
    if (!this.watch.isOverRate) this.connection.release(HoldReason.Rate);
  }

  /** Every way into this connection but that of its messages goes through here; see {@link fail}. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Where errors of ours end: each way into this connection leads here, and nobody else notices (E9). */
  fail(error: unknown): void {
    try {
      this.session.fail(error);
    } catch {
      // Even the ending has failed; nothing but the connection itself is left to end.
      this.terminate();
    }
  }

  /** Its messages go nowhere any more. */
  ignore(): void {
    this.sink = IGNORE;
  }

  /** Closes for the relay: silently, or with a status. */
  finish(status?: number): void {
    // A paused socket would not see the peer's answer.
    this.resume();
    super.close(status);
  }

  /**
   * Called by ws: with a lone status when the peer broke RFC 6455, which must stay untold (the `error` event
   * follows), else to answer the peer's close frame.
   */
  override close(status?: number, reason?: string | Buffer): void {
    this.tap?.close();
    const isBreach = status !== undefined && reason === undefined;
    if (isBreach) return super.close();
    const { _receiver, _socket } = within(this);
    endOnce(_receiver);
    endOnce(_socket);
    super.close(status, reason);
    this.left();
  }

  /** The peer is gone, or has said goodbye. */
  left(): void {
    this.guard(() => {
      const isStranger = this.session.phase.name === 'awaiting-login';
      this.session.end(isStranger ? 'left-before-login' : 'left');
    });
  }
}

function within(socket: RelaySocket): Within {
  return socket as unknown as Within;
}

function receive(this: WebSocket, payload: WebSocket.RawData, isBinary: boolean): void {
  // Always a Buffer: `binaryType` is never changed.
  (this as RelaySocket).take(payload as Buffer, isBinary);
}

function ponged(this: WebSocket, payload: Buffer): void {
  (this as RelaySocket).connection.roundTrip?.pong(payload);
}

function failed(this: WebSocket, error: Error & { code?: string }): void {
  const socket = this as RelaySocket;
  socket.guard(() => socket.session.end(ENDING_OF[error.code ?? ''] ?? 'protocol-error'));
}

/** What ws found wrong, where it is more than a breach of RFC 6455. */
const ENDING_OF: Readonly<Record<string, Ending>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'too-large',
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 'too-large',
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 'too-many-fragments',
};
