/** Looks at the relay once a second, and shows it to all who look at the console. */
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { OperatorAccess } from '../access/operator-access.js';
import { Ledger } from '../ledger/ledger.js';
import { Ring } from '../ledger/ring.js';
import { RoomLinter } from '../ledger/room-linter.js';
import { Tally } from '../ledger/tally.js';
import { RelayMonitor } from '../../relay/service/relay.monitor.js';
import { Backbone } from '../../relay/session/backbone.js';
import { LookMaker } from './look-maker.js';
import type { Sample } from './look.js';
import { type IsOver, Pace } from './pace.js';
import { Sampler } from './sampler.js';
import { Trips } from './trips.js';
import type { Viewer } from './viewer.js';

/** Viewers at the same time: each costs a look a second. */
export const MOST_VIEWERS = 20;

/** Milliseconds. */
const INTERVAL = 1_000;

/** Seconds that the plots show. */
const HISTORY = 15 * 60;

/** Without a viewer a second costs reading some counters, and nothing that was not counted is gathered. */
@Injectable()
export class ConsoleService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly viewers = new Set<Viewer>();
  private readonly history = new Ring<Sample>(HISTORY);
  private readonly trips = new Trips();
  private readonly pace = new Pace<Viewer>((viewer, isOver) => this.show(viewer, isOver));
  private readonly sampler: Sampler;
  private readonly looks: LookMaker;
  private timer: NodeJS.Timeout | undefined;
  private readonly logger = new Logger('Console');
  private hasFailed = false;

  constructor(
    ledger: Ledger,
    linter: RoomLinter,
    tally: Tally,
    private readonly access: OperatorAccess,
    private readonly monitor: RelayMonitor,
    backbone: Backbone,
  ) {
    this.sampler = new Sampler(monitor, tally);
    this.looks = new LookMaker({ monitor, ledger, linter, backbone }, this.trips);
  }

  onModuleInit(): void {
    this.access.announce('console');
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.safely(() => this.tick()), INTERVAL).unref();
  }

  /** Viewers would keep the server from closing. */
  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.pace.stop();
    for (const viewer of this.viewers) viewer.end();
  }

  get isFull(): boolean {
    return this.viewers.size >= MOST_VIEWERS;
  }

  /** Shows what is now at once, and then once a second until it is gone. */
  welcome(viewer: Viewer): void {
    this.viewers.add(viewer);
    viewer.onGone(() => this.viewers.delete(viewer));
    this.safely(() => {
      if (!this.looks.isFresh) this.look();
      this.pace.add(viewer);
    });
  }

  private tick(): void {
    this.history.add(this.sampler.take());
    this.trips.tick(this.monitor);
    if (this.viewers.size === 0) return this.looks.rest();
    this.look();
    for (const viewer of this.viewers) this.pace.add(viewer);
  }

  private look(): void {
    this.looks.begin(this.history.newestFirst().reverse(), this.viewers);
  }

  private show(viewer: Viewer, isOver: IsOver): boolean {
    let isShown = true;
    this.safely(() => (isShown = !this.viewers.has(viewer) || this.looks.show(viewer, isOver)));
    return isShown;
  }

  /** A mistake of the console ends no party, and is not told each second. */
  private safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!this.hasFailed) this.logger.error('The console could not gather its data', (error as Error).stack);
      this.hasFailed = true;
    }
  }
}
