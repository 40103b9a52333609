/** The backbone of a node that is one of many. */
import type { Claim } from '../relay/rooms/claim.js';
import type { Ending } from '../relay/rooms/endings.js';
import type { Order } from '../relay/rooms/order.js';
import type { Player } from '../relay/rooms/player.js';
import type { Room } from '../relay/rooms/room.js';
import {
  Backbone,
  type BackboneState,
  type HostQuestion,
  type WaitingPlayer,
} from '../relay/session/backbone.js';
import { withBoundary } from './boundary.js';
import { Claims, type ClaimsOwner } from './claims/claims.js';
import { within } from './clock.js';
import { RemoteRooms } from './remote-rooms.js';
import { NodeListener } from './node-listener.js';
import { FrozenWatch } from './claims/frozen-watch.js';
import type { HeldClaim } from './claims/held-claim.js';
import { LinkHub } from './players/link-hub.js';
import { Membership, type MembershipOwner } from './claims/membership.js';
import { Names, newNodeName } from './broker/names.js';
import { HostRequests } from './players/host-requests.js';
import { SeatRequests } from './players/seat-requests.js';
import type { LinkContext } from './link/link-context.js';
import type { SharedParts } from './shared-parts.js';
import { StartGate } from './start-gate.js';
import type { Tables } from './claims/tables.js';
import { PendingSeats } from './players/pending-seats.js';

export class SharedBackbone extends Backbone implements ClaimsOwner, MembershipOwner {
  readonly isShared = true;
  /** The name of this process; the next one has another. */
  readonly node = newNodeName();
  /** Asked before anything leaves. */
  readonly watch: FrozenWatch;
  private readonly names: Names;
  private readonly hub: LinkHub;
  private readonly membership: Membership;
  private readonly claims: Claims;
  private readonly pending = new PendingSeats();
  private readonly seatRequests: SeatRequests;
  private readonly hostRequests: HostRequests;
  private readonly listener: NodeListener;
  private readonly gate: StartGate;
  private readonly remoteRooms: RemoteRooms;
  private readonly parts: SharedParts;
  private readonly timers: (() => void)[] = [];
  private isStopping = false;

  constructor(bareParts: SharedParts) {
    super();
    const parts = withBoundary(bareParts);
    const { broker, clock, timings, prefix, log, watch } = parts;
    this.parts = parts;
    this.watch = watch;
    this.gate = new StartGate(clock, timings.patience);
    this.names = new Names(prefix);
    const linkLost = log.linkLost.bind(log);
    this.hub = new LinkHub(this.linkContext(), this.pending, parts.seats.players, linkLost);
    this.membership = new Membership(this.node, this.names, broker, clock, timings, this);
    this.claims = new Claims(this.node, this.membership, this.counters, this);
    const isHeld = (code: string): Promise<boolean> => this.isHeldElsewhere(code);
    this.seatRequests = new SeatRequests(this.node, this.names, parts, this.pending, isHeld);
    this.hostRequests = new HostRequests(this.names, parts, isHeld);
    this.remoteRooms = new RemoteRooms(this.node, this.names, parts, this.membership);
    this.listener = new NodeListener(this.node, this.names, parts, this.hub, this.membership, () =>
      this.claims.settled(),
    );
    watch.guard(this.membership, () => this.thawed());
  }

  get state(): BackboneState {
    return this.membership.state;
  }

  start(): void {
    const { broker, clock, timings } = this.parts;
    this.listener.open();
    this.remoteRooms.listen();
    this.timers.push(
      clock.every(timings.tick, () => this.tick()),
      clock.every(timings.heartbeat, () => this.hub.links.beat()),
      clock.every(timings.renewal, () => this.renew()),
    );
    broker.start((isConnected) => this.connectionChanged(isConnected));
  }

  async claim(serverCode: string): Promise<Claim | Ending> {
    if (this.state === 'starting') await this.gate.untilUp();
    if (this.isStopping) return 'draining';
    return this.claims.claim(serverCode);
  }

  async join(serverCode: string, player: WaitingPlayer): Promise<Player | Ending> {
    // Others hear no node without a lease (B19).
    if (this.parts.broker.isConnected) await this.gate.untilLeased();
    if (this.isStopping || !this.parts.broker.isConnected) return 'backbone-away';
    return this.seatRequests.ask(serverCode, player);
  }

  async askHolder(serverCode: string, question: HostQuestion): Promise<boolean> {
    // Without the broker, or space in it, this node could not hold the code instead.
    return this.state === 'up' && this.hostRequests.ask(serverCode, question);
  }

  visitors(serverCode: string, clientId: string): readonly Player[] {
    return this.hub.standIns.playersWith(serverCode, clientId);
  }

  isOpenElsewhere(serverCode: string): Promise<boolean> {
    return this.remoteRooms.isOpen(serverCode);
  }

  orderElsewhere(order: Order): Promise<number> {
    return this.remoteRooms.order(order);
  }

  /** All codes are free when it resolves, so that a host finds its code free when its connection is closed (B13). */
  async releaseCodes(): Promise<void> {
    this.isStopping = true;
    for (const claim of this.claims.all) claim.release();
    await this.claims.settled();
  }

  /** Called when no session is left. */
  async stop(): Promise<void> {
    for (const stop of this.timers.splice(0)) stop();
    this.pending.refuseAll('backbone-away');
    this.hub.links.loseAll('closed');
    const { clock, timings, broker } = this.parts;
    await this.claims.settled();
    await this.membership.release().catch((error: unknown) => this.failed(error));
    const closed = broker.close().catch((error: unknown) => this.failed(error));
    await within(clock, timings.request, closed, () => undefined);
  }

  listen(serverCode: string): () => void {
    return this.listener.listen(serverCode);
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
    if (state !== 'starting') this.gate.stateKnown();
  }

  leased(): void {
    this.gate.leased();
  }

  failed(error: unknown): void {
    this.parts.log.failed(error);
  }

  /** No node hears its own question: of a code that this node has got meanwhile no other can say more. */
  private async isHeldElsewhere(serverCode: string): Promise<boolean> {
    return this.parts.rooms.find(serverCode) === undefined && (await this.claims.isHeld(serverCode));
  }

  private async tick(): Promise<void> {
    this.watch.tick();
    this.hub.links.check(this.parts.timings.silence);
    this.membership.look();
    // Not only at the next renewal: hosts wait for it, and the lease runs out.
    if (this.state !== 'up') await this.membership.beat();
  }

  private async renew(): Promise<void> {
    await this.membership.beat();
    await this.claims.tidy().catch((error: unknown) => this.failed(error));
  }

  private async connectionChanged(isConnected: boolean): Promise<void> {
    if (isConnected) return this.membership.connected();
    this.counters.brokerLosses++;
    this.membership.disconnected();
    this.listener.disconnected();
    this.hub.links.loseAll('broker-lost');
    this.pending.refuseAll('backbone-away');
  }

  private linkContext(): LinkContext {
    const { turn, clock, maxQueued } = this.parts;
    return {
      counters: this.counters,
      turn,
      maxQueued,
      now: () => clock.now(),
      publish: (node, frame) => this.publish(node, frame),
      failed: (error) => this.failed(error),
    };
  }

  private publish(node: string, frame: Buffer): void {
    const { broker } = this.parts;
    if (broker.isConnected) broker.publish(this.names.link(this.node, node), frame);
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
