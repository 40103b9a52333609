/** Whether the relay is ready, as one line of a health page. */
import { Injectable } from '@nestjs/common';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { Readiness } from '../../relay/rooms/readiness.js';

/**
 * For the health page of a backend of your own: provide it beside `TerminusModule`, and add
 * `() => relay.isReady()` to what `HealthCheckService` checks.
 */
@Injectable()
export class RelayHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
  ) {}

  /** Down while the relay takes no new rooms; `obstacles` says why. */
  isReady(key = 'relay'): HealthIndicatorResult {
    const obstacles = this.readiness.now();
    const indicator = this.indicators.check(key);
    return obstacles.length === 0 ? indicator.up() : indicator.down({ obstacles });
  }
}
