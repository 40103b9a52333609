/** How this node stands to the others: connected, alive in their eyes, and sure of what it holds. */
import type { BackboneState } from '../../relay/session/backbone.js';
import { type Broker, BrokerError } from '../broker/broker.js';
import type { Names } from '../broker/names.js';
import { type Clock, wait, within } from '../clock.js';
import type { Timings } from '../timings.js';
import { Holdings, Overtaken, Renewal, type RenewalOwner } from './renewal.js';
import { type Standing, distrusted, openedTables, steadySince, trustedUntilOf } from './standing.js';
import type { Tables } from './tables.js';

export interface MembershipOwner extends RenewalOwner {
  stateChanged(state: BackboneState): void;
  /** The broker did not answer, or answered strangely. */
  failed(error: unknown): void;
}

/** Renewed by {@link beat}; everything else is asked of it. Only the monotonic clock of this node is used (B5). */
export class Membership {
  state: BackboneState = 'starting';
  /** What began upon a standing and waited is of the past when this is another one. */
  standing: Standing = { name: 'away', trustedUntil: 0 };
  private readonly holdings: Holdings;
  private isBusy = false;

  constructor(
    node: string,
    names: Names,
    private readonly broker: Broker,
    private readonly clock: Clock,
    private readonly timings: Timings,
    private readonly owner: MembershipOwner,
  ) {
    this.holdings = new Holdings(node, names, broker, clock, timings);
  }

  /** Whether what this node holds is its own alone, at this very moment. */
  get isTrusted(): boolean {
    return this.clock.now() < this.trustedUntil;
  }

  /** Until when it is, whatever happens to this node; 0 if another node may hold it already. */
  get trustedUntil(): number {
    return trustedUntilOf(this.standing);
  }

  /** The tables, if the node may ask for a code now. */
  get upTables(): Tables | undefined {
    const { standing } = this;
    if (standing.name !== 'up' || !this.holdings.space.isLeft || !this.broker.isConnected) return undefined;
    return this.clock.now() < standing.trustedUntil ? standing.tables : undefined;
  }

  /** The tables that were opened last: letting go and looking need neither a lease nor space. */
  get opened(): Tables | undefined {
    return openedTables(this.standing);
  }

  /** Whether it has seen the broker for long enough to call another node dead. */
  get mayTakeOver(): boolean {
    const since = steadySince(this.standing) ?? Infinity;
    return this.broker.isConnected && this.clock.now() - since >= this.timings.quarantine;
  }

  async connected(): Promise<void> {
    this.awaitTables();
    await this.beat();
  }

  disconnected(): void {
    this.move({ name: 'away', trustedUntil: this.trustedUntil });
    this.look();
  }

  /** Renews the lease, unless that is being done. Rejects for an error of ours alone. */
  async beat(): Promise<void> {
    if (this.isBusy || !this.broker.isConnected || this.standing.name === 'left') return;
    if (this.standing.name === 'away') this.awaitTables();
    this.isBusy = true;
    const renewal = new Renewal(this, this.holdings, this.owner);
    try {
      await renewal.run();
    } catch (error) {
      if (!(error instanceof Overtaken)) this.met(error);
    } finally {
      this.isBusy = false;
    }
    this.look();
    if (renewal.isOvertaken) await this.beat();
  }

  /** Moves the node to another standing; a node that has left does not come back. */
  move(standing: Standing): void {
    if (this.standing.name !== 'left') this.standing = standing;
  }

  /** Tells the owner when the state has changed; called whenever it may have. */
  look(): void {
    const state = this.stateNow();
    if (state === this.state) return;
    this.state = state;
    this.owner.stateChanged(state);
  }

  /** Something could not be done at the broker. */
  met(error: unknown): void {
    this.holdings.space.met(error);
    this.owner.failed(error);
    this.look();
  }

  /** Whether a node is alive in the eyes of the others. Rejects if the broker does not say. */
  async hasLease(node: string): Promise<boolean> {
    if (this.opened === undefined) throw new BrokerError('the broker was not asked for its tables yet');
    return (await this.inTime(this.opened.leases.get(node))) !== undefined;
  }

  async release(): Promise<void> {
    const { opened } = this;
    this.move({ name: 'left' });
    if (opened !== undefined) await this.inTime(this.holdings.lease.release(opened.leases));
  }

  /** The node was frozen: nothing that it holds is certain any more. */
  distrust(): void {
    this.move(distrusted(this.standing));
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

  private awaitTables(): void {
    this.move({ name: 'waiting', since: this.clock.now(), trustedUntil: this.trustedUntil });
  }

  private stateNow(): BackboneState {
    const { epoch, space } = this.holdings;
    if (this.upTables !== undefined) return 'up';
    if (this.broker.isConnected && !space.isLeft) return 'full';
    const isWaitingForCodes = this.isTrusted && this.broker.isConnected && !epoch.isOpen;
    return this.state === 'starting' || isWaitingForCodes ? 'starting' : 'away';
  }
}
