/** The backbone of a node that is one of many. */
import { randomBytes } from 'node:crypto';
import type { Claim } from '../rooms/claim.js';
import type { Ending } from '../rooms/endings.js';
import type { Order } from '../rooms/order.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import { Admission } from './admission.js';
import { Backbone, type BackboneState, type WaitingPeer } from './backbone.js';
import { Claims, type ClaimsOwner } from './claims.js';
import { within } from './clock.js';
import type { EngineHandler } from './engine.js';
import { FarRooms } from './far-rooms.js';
import { FrozenWatch } from './frozen-watch.js';
import type { HeldClaim } from './held-claim.js';
import { LinkHub } from './link-hub.js';
import { Membership, type MembershipOwner } from './membership.js';
import { Names, senderOf } from './names.js';
import { SeatsElsewhere } from './seats-elsewhere.js';
import type { SharedParts } from './shared-parts.js';
import type { Tables } from './tables.js';
import { WaitingJoins } from './waiting-joins.js';

export class SharedBackbone extends Backbone implements ClaimsOwner, MembershipOwner {
  readonly isShared = true;
  /** The name of this process; the next one has another. */
  readonly node = randomBytes(9).toString('base64url');
  /** Asked before anything leaves. */
  readonly watch: FrozenWatch;
  private readonly names: Names;
  private readonly hub: LinkHub;
  private readonly membership: Membership;
  private readonly claims: Claims;
  private readonly waiting = new WaitingJoins();
  private readonly seats: SeatsElsewhere;
  private readonly admission: Admission;
  private readonly farRooms: FarRooms;
  private readonly timers: (() => void)[] = [];
  private readonly awaitingUp = new Set<() => void>();
  private isStopping = false;

  constructor(private readonly parts: SharedParts) {
    super();
    const { engine, rooms, turn, clock, timings, prefix, maxPlayersPerRoom, maxQueued } = parts;
    this.names = new Names(prefix);
    this.hub = new LinkHub({
      counters: this.counters,
      turn,
      maxQueued,
      waiting: this.waiting,
      now: () => clock.now(),
      publish: (node, frame) => this.publish(node, frame),
      linkLost: (node, loss) => parts.log.linkLost(node, loss),
      failed: (error) => this.failed(error),
    });
    this.membership = new Membership(this.node, this.names, engine, clock, timings, this);
    this.claims = new Claims(this.node, this.membership, this.counters, this);
    this.seats = new SeatsElsewhere(this.node, this.names, engine, clock, timings, this.waiting, (code) =>
      this.claims.isHeld(code),
    );
    this.admission = new Admission(rooms, this.hub, maxPlayersPerRoom);
    this.farRooms = new FarRooms(this.node, this.names, engine, this.membership, rooms, timings.request);
    this.watch = new FrozenWatch(
      clock,
      () => this.membership.trustedUntil,
      () => this.thawed(),
    );
  }

  get state(): BackboneState {
    return this.membership.state;
  }

  start(): void {
    const { engine, clock, timings } = this.parts;
    engine.subscribe(this.names.inbox(this.node), (subject, frame) => {
      this.watch.check();
      this.hub.links.receive(senderOf(subject), frame);
    });
    this.farRooms.listen(() => this.watch.check());
    this.timers.push(
      clock.every(timings.tick, () => this.tick()),
      clock.every(timings.heartbeat, () => this.hub.links.beat()),
      clock.every(timings.renewal, () => void this.renew()),
    );
    engine.start((isConnected) => this.connectionChanged(isConnected));
  }

  async claim(serverCode: string): Promise<Claim | Ending> {
    if (this.state === 'starting') await this.started();
    if (this.isStopping) return 'draining';
    return this.claims.claim(serverCode);
  }

  async join(serverCode: string, clientId: string, peer: WaitingPeer): Promise<Player | Ending> {
    if (this.isStopping || !this.parts.engine.isConnected) return 'backbone-away';
    return this.seats.ask(serverCode, clientId, peer);
  }

  isOpenElsewhere(serverCode: string): Promise<boolean> {
    return this.farRooms.isOpen(serverCode);
  }

  orderElsewhere(order: Order): Promise<number> {
    return this.farRooms.order(order);
  }

  /** All codes are free when it resolves, so that hosts may log in elsewhere before they are told to (B13). */
  async releaseCodes(): Promise<void> {
    this.isStopping = true;
    for (const claim of this.claims.all) claim.release();
    await this.claims.settled();
  }

  /** Called when no session is left. */
  async stop(): Promise<void> {
    for (const stop of this.timers.splice(0)) stop();
    this.waiting.refuseAll('backbone-away');
    this.hub.links.loseAll('closed');
    const { clock, timings, engine } = this.parts;
    await this.claims.settled();
    await this.membership.release().catch((error: unknown) => this.failed(error));
    await within(clock, timings.request, engine.close(), () => undefined);
  }

  listen(serverCode: string): () => void {
    const answer: EngineHandler = (_subject, bytes, respond) =>
      respond(Buffer.from(this.admission.answer(serverCode, bytes)));
    return this.parts.engine.subscribe(this.names.join(serverCode), answer);
  }

  fenced(claim: HeldClaim): void {
    const room = this.parts.rooms.find(claim.serverCode);
    if (room?.claim === claim) this.fence(room);
  }

  confirm(tables: Tables, mayMake: boolean): Promise<boolean> {
    return this.claims.confirm(tables, mayMake);
  }

  stateChanged(state: BackboneState): void {
    this.parts.log.stateChanged(state);
    if (state === 'starting') return;
    for (const go of this.awaitingUp) go();
    this.awaitingUp.clear();
  }

  failed(error: unknown): void {
    this.parts.log.failed(error);
  }

  private tick(): void {
    this.watch.tick();
    this.hub.links.check(this.parts.timings.silence);
    this.membership.look();
    // Not only at the next renewal: hosts wait for it, and the lease runs out.
    if (this.state !== 'up' || this.membership.tables === undefined) void this.membership.beat();
  }

  private async renew(): Promise<void> {
    await this.membership.beat();
    await this.claims.tidy().catch((error: unknown) => this.failed(error));
  }

  private connectionChanged(isConnected: boolean): void {
    if (isConnected) return this.membership.connected();
    this.counters.brokerLosses++;
    this.membership.disconnected();
    this.hub.links.loseAll('broker-lost');
    this.waiting.refuseAll('backbone-away');
  }

  private publish(node: string, frame: Buffer): void {
    const { engine } = this.parts;
    if (engine.isConnected) engine.publish(this.names.link(this.node, node), frame);
  }

  /** Resolves when the node is one of many or knows that it is not, or when that takes too long. */
  private async started(): Promise<void> {
    const { clock, timings } = this.parts;
    const started = new Promise<void>((resolve) => this.awaitingUp.add(resolve));
    await within(clock, timings.patience, started, () => undefined);
  }

  /** This node stood still for so long that another may hold each of its codes. */
  private thawed(): void {
    this.membership.distrust();
    this.hub.links.loseAll('closed');
    for (const room of [...this.parts.rooms.rooms]) this.fence(room);
  }

  private fence(room: Room): void {
    this.counters.fenced++;
    this.parts.log.fenced(room.serverCode);
    for (const { peer } of [...room.players]) peer.end('fenced');
    room.host.end('fenced');
  }
}
