/** All metrics of one relay, in a separate registry. */
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RoomLinter } from '../ledger/room-linter.js';
import { Tally } from '../ledger/tally.js';
import { RelayMonitor } from '../../relay/service/relay.monitor.js';
import { Backbone } from '../../relay/session/backbone.js';
import { backboneMetrics } from './backbone.metrics.js';
import { EventLoopLag } from './event-loop-lag.js';
import { partyMetrics } from './party.metrics.js';
import { processMetrics } from './process.metrics.js';
import { ReadMetric } from './read-metric.js';
import { type OpenRegistry, REGISTRY } from './registry.js';
import { returnMetrics } from './return.metrics.js';
import { trafficMetrics } from './traffic.metrics.js';
import { Walk } from './walk.js';

@Injectable()
export class MetricsService implements OnModuleInit, OnApplicationShutdown {
  private readonly lag = new EventLoopLag();

  constructor(
    @Inject(REGISTRY) private readonly registry: OpenRegistry,
    private readonly tally: Tally,
    private readonly linter: RoomLinter,
    private readonly monitor: RelayMonitor,
    private readonly backbone: Backbone,
  ) {}

  onModuleInit(): void {
    const { monitor } = this;
    const walk = new Walk(monitor);
    const sources = [
      ...partyMetrics(walk, this.tally, this.linter),
      ...returnMetrics(walk, monitor),
      ...trafficMetrics(monitor.traffic, walk),
      ...processMetrics(monitor.readiness),
      ...backboneMetrics(this.backbone),
      this.lag.metric,
    ];
    for (const source of sources) new ReadMetric(source).registerIn(this.registry);
    this.lag.start();
  }

  onApplicationShutdown(): void {
    this.lag.stop();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** In the text form of OpenMetrics. */
  text(): Promise<string> {
    return this.registry.metrics();
  }
}
