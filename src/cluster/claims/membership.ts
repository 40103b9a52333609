/** How this node stands to the others: connected, alive in their eyes, and sure of what it holds. */
import type { BackboneState } from '../../relay/session/backbone.js';
import { type Clock, wait, within } from '../clock.js';
import { type Broker, BrokerError } from '../broker/broker.js';
import { Echo } from '../broker/echo.js';
import { Epoch } from './epoch.js';
import { Lease } from './lease.js';
import type { Names } from '../broker/names.js';
import { Space } from './space.js';
import { Tables } from './tables.js';
import type { Timings } from '../timings.js';

export interface MembershipOwner {
  /**
   * Makes sure at the broker of everything that the node holds: others may have thought it dead. What the broker does
   * not know is made there if `mayMake`; false if anything has to wait until it may be.
   */
  confirm(tables: Tables, mayMake: boolean): Promise<boolean>;
  stateChanged(state: BackboneState): void;
  /** This node is alive in the eyes of the others, and was not before. */
  leased(): void;
  /** What the broker did not answer, or answered strangely. */
  failed(error: unknown): void;
}

/** Renewed by {@link beat}; everything else is asked of it. Only the monotonic clock of this node is used (B5). */
export class Membership {
  state: BackboneState = 'starting';
  /** Undefined while the broker does not do all that it is asked for. */
  tables: Tables | undefined;
  /** Those that were opened last, for letting go and for looking: neither needs a lease, nor space. */
  opened: Tables | undefined;
  /** Counts the leases that this node had: between two of them others may have thought it dead. */
  leaseNumber = 0;
  private readonly lease: Lease;
  private readonly epoch: Epoch;
  private readonly space: Space;
  private readonly echo: Echo;
  /** Since when the broker has answered and known this node without a break: after one, it may not know others either. */
  private steadySince = 0;
  /** Until when the lease is certain to be there. */
  private leasedUntil = 0;
  private isConfirmed = false;
  private isBusy = false;
  private connections = 0;

  constructor(
    node: string,
    private readonly names: Names,
    private readonly broker: Broker,
    private readonly clock: Clock,
    private readonly timings: Timings,
    private readonly owner: MembershipOwner,
  ) {
    this.lease = new Lease(node);
    this.epoch = new Epoch(node, () => clock.now(), timings);
    this.space = new Space(node);
    this.echo = new Echo(node, names, broker, timings.request / 2);
  }

  /** Whether what this node holds is nobody else's, at this very moment. */
  get isTrusted(): boolean {
    return this.clock.now() < this.trustedUntil;
  }

  /** Until when it is nobody else's, whatever happens to this node; 0 if it may be already. */
  get trustedUntil(): number {
    return this.isConfirmed ? this.leasedUntil : 0;
  }

  /** Whether it may ask for a code now. */
  get isUp(): boolean {
    const isServed = this.tables !== undefined && this.space.isLeft;
    return isServed && this.isTrusted && this.epoch.isOpen && this.broker.isConnected;
  }

  /** Whether it has seen the broker for long enough to call another node dead. */
  get mayTakeOver(): boolean {
    return this.broker.isConnected && this.clock.now() - this.steadySince >= this.timings.quarantine;
  }

  async connected(): Promise<void> {
    this.connections++;
    this.steadySince = this.clock.now();
    this.tables = this.opened = undefined;
    await this.beat();
  }

  disconnected(): void {
    this.tables = this.opened = undefined;
    this.look();
  }

  /** Renews the lease, unless that is being done. Rejects for an error of ours alone. */
  async beat(): Promise<void> {
    if (this.isBusy || !this.broker.isConnected) return;
    this.isBusy = true;
    const { connections } = this;
    try {
      await this.renew();
    } catch (error) {
      this.broke(error);
    } finally {
      this.isBusy = false;
    }
    this.look();
    if (connections !== this.connections) await this.beat();
  }

  /** Tells whoever wants to know when the state has changed; called whenever it may have. */
  look(): void {
    const state = this.stateNow();
    if (state === this.state) return;
    this.state = state;
    this.owner.stateChanged(state);
  }

  /** Something could not be done at the broker. */
  met(error: unknown): void {
    this.space.met(error);
    this.owner.failed(error);
    this.look();
  }

  /** Whether a node is alive in the eyes of the others. Rejects if the broker does not say. */
  async hasLease(node: string): Promise<boolean> {
    if (this.opened === undefined) throw new BrokerError('the broker was not asked for its tables yet');
    return (await this.inTime(this.opened.leases.get(node))) !== undefined;
  }

  async release(): Promise<void> {
    this.leasedUntil = 0;
    if (this.opened !== undefined) await this.inTime(this.lease.release(this.opened.leases));
  }

  /** The node was frozen: nothing that it holds is certain any more. */
  distrust(): void {
    this.leasedUntil = 0;
    this.isConfirmed = false;
  }

  /** Rejects when an answer of the broker takes too long. */
  inTime<T>(answer: Promise<T>): Promise<T> {
    return within(this.clock, this.timings.request, answer, () => {
      throw new BrokerError('the broker did not answer in time');
    });
  }

  /** Resolves when news that was on its way has come. */
  untilAskedAgain(): Promise<void> {
    return wait(this.clock, this.timings.secondAsking);
  }

  private broke(error: unknown): void {
    this.tables = undefined;
    this.steadySince = this.clock.now();
    this.met(error);
  }

  private stateNow(): BackboneState {
    if (this.isUp) return 'up';
    if (this.broker.isConnected && !this.space.isLeft) return 'full';
    const isWaitingForCodes = this.isTrusted && this.broker.isConnected && !this.epoch.isOpen;
    return this.state === 'starting' || isWaitingForCodes ? 'starting' : 'away';
  }

  private async renew(): Promise<void> {
    const { timings, isTrusted: wasTrusted } = this;
    const tables = this.tables ?? (await this.inTime(this.open()));
    this.opened = tables;
    const sentAt = this.clock.now();
    await this.inTime(this.lease.renew(tables.leases));
    if (this.lease.takeGap()) {
      this.isConfirmed = false;
      this.leaseNumber++;
      this.owner.leased();
      this.steadySince = this.clock.now();
    }
    // Each time: a store may be lost while the broker answers, if it is on another server of the cluster.
    if (this.epoch.saw(await this.inTime(this.epoch.look(tables.store)))) this.isConfirmed = false;
    this.leasedUntil = sentAt + timings.trust;
    this.tables = this.opened = tables.in(this.epoch.name);
    if (!this.isConfirmed) {
      // Who was not trusted may have been followed by another, which the table would tell if it were not empty.
      const isWhole = await this.owner.confirm(this.tables, wasTrusted || this.epoch.isUndisputed);
      this.isConfirmed = isWhole && this.clock.now() < this.leasedUntil;
    }
    await this.inTime(this.space.look(this.tables.codes));
  }

  private async open(): Promise<Tables> {
    const [leases, codes] = await Promise.all([
      this.broker.table(this.names.leases, this.timings.leaseTtl),
      this.broker.table(this.names.codes),
      this.echo.expect(),
    ]);
    return new Tables(leases, codes, this.epoch.name);
  }
}
