/** One renewal of a node's lease, and of all that hangs on it. */
import type { Broker } from '../broker/broker.js';
import { Echo } from '../broker/echo.js';
import type { Names } from '../broker/names.js';
import type { Clock } from '../clock.js';
import type { Timings } from '../timings.js';
import { Epoch } from './epoch.js';
import { Lease } from './lease.js';
import { Space } from './space.js';
import { type Served, type Standing, faltered, isServed, steadySince, trustedUntilOf } from './standing.js';
import { Tables } from './tables.js';

/** What a node has at the broker, over all renewals. */
export class Holdings {
  readonly lease: Lease;
  readonly epoch: Epoch;
  readonly space: Space;
  private readonly echo: Echo;

  constructor(
    node: string,
    private readonly names: Names,
    private readonly broker: Broker,
    readonly clock: Clock,
    readonly timings: Timings,
  ) {
    this.lease = new Lease(node);
    this.epoch = new Epoch(node, () => clock.now(), timings);
    this.space = new Space(node);
    this.echo = new Echo(node, names, broker, timings.request / 2);
  }

  async open(): Promise<Tables> {
    const [leases, codes] = await Promise.all([
      this.broker.table(this.names.leases, this.timings.leaseTtl),
      this.broker.table(this.names.codes),
      this.echo.expect(),
    ]);
    return new Tables(leases, codes, this.epoch.name);
  }
}

/** The standing that a renewal moves on. */
export interface Moved {
  readonly standing: Standing;
  move(standing: Standing): void;
  /** Rejects when an answer of the broker takes too long. */
  inTime<T>(answer: Promise<T>): Promise<T>;
}

/** What a renewal asks of the node. */
export interface RenewalOwner {
  /**
   * Makes sure at the broker of everything that the node holds: others may have thought it dead. It makes what the
   * broker does not know if it `mayMake`; false if anything has to wait until it may.
   */
  confirm(tables: Tables, mayMake: boolean): Promise<boolean>;
  /** This node is alive in the eyes of the others, and was not before. */
  leased(): void;
}

/** The standing has changed while the renewal waited: it is not for this renewal to say what follows. */
export class Overtaken extends Error {}

/** Goes from standing to standing, and gives up as soon as another has moved the node meanwhile. */
export class Renewal {
  /** The last standing that this renewal knows of: the one that it began with, or its own move. */
  private standing: Standing;

  constructor(
    private readonly node: Moved,
    private readonly holdings: Holdings,
    private readonly owner: RenewalOwner,
  ) {
    this.standing = node.standing;
  }

  /** Whether something else has moved the node: a broker that has gone, or a clock that has jumped. */
  get isOvertaken(): boolean {
    return this.standing !== this.node.standing;
  }

  /** Rejects with what the broker did not do, or with {@link Overtaken}. */
  async run(): Promise<void> {
    try {
      await this.renew();
    } catch (error) {
      if (!this.isOvertaken) this.move(faltered(this.standing, this.now));
      throw error;
    }
  }

  private async renew(): Promise<void> {
    const { lease, epoch, space, timings } = this.holdings;
    const wasTrusted = this.now < trustedUntilOf(this.standing);
    const tables = isServed(this.standing) ? this.standing.tables : await this.open();
    const trustedUntil = this.now + timings.trust;
    await this.kept(lease.renew(tables.leases));
    if (lease.takeGap()) this.leaseIsNew(tables);
    // Each time: a store may be lost while the broker answers, if it is on another server of the cluster.
    const isAnother = epoch.saw(await this.kept(epoch.look(tables.store)));
    const served = this.serve(tables.in(epoch.name), isAnother, trustedUntil);
    // Another node may have followed one that was not trusted, and an empty table would not show it.
    if (served.name === 'leased') await this.confirm(served, wasTrusted || epoch.isUndisputed, trustedUntil);
    await this.kept(space.look(served.tables.codes));
  }

  private leaseIsNew(tables: Tables): void {
    this.move({ name: 'opened', since: this.now, tables, trustedUntil: 0 });
    this.owner.leased();
  }

  private async open(): Promise<Tables> {
    const tables = await this.kept(this.holdings.open());
    const trustedUntil = trustedUntilOf(this.standing);
    this.move({ name: 'opened', since: this.since, tables, trustedUntil });
    return tables;
  }

  /** The lease is there, and the epoch is known: the node keeps its standing if nothing else is new. */
  private serve(tables: Tables, isAnother: boolean, trustedUntil: number): Served {
    const { standing, since } = this;
    if (isAnother || trustedUntilOf(standing) === 0) {
      if (standing.name === 'leased' && standing.tables === tables) return standing;
      return this.move({ name: 'leased', since, tables });
    }
    const name = this.trusting;
    if (standing.name !== name || standing.tables !== tables)
      return this.move({ name, since, tables, trustedUntil });
    standing.trustedUntil = trustedUntil;
    return standing;
  }

  /** Makes sure of the claims; the node stays as it is if some have to wait, or if it took longer than the trust. */
  private async confirm({ since, tables }: Served, mayMake: boolean, trustedUntil: number): Promise<void> {
    const isWhole = await this.owner.confirm(tables, mayMake);
    this.expectKept();
    if (isWhole && this.now < trustedUntil) this.move({ name: this.trusting, since, tables, trustedUntil });
  }

  private get trusting(): 'up' | 'settling' {
    return this.holdings.epoch.isOpen ? 'up' : 'settling';
  }

  private get since(): number {
    return steadySince(this.standing) ?? this.now;
  }

  private get now(): number {
    return this.holdings.clock.now();
  }

  private move<S extends Standing>(standing: S): S {
    this.standing = standing;
    this.node.move(standing);
    return standing;
  }

  /** What the broker answers to the standing that asked. */
  private async kept<T>(answer: Promise<T>): Promise<T> {
    const value = await this.node.inTime(answer);
    this.expectKept();
    return value;
  }

  private expectKept(): void {
    if (this.isOvertaken) throw new Overtaken();
  }
}
