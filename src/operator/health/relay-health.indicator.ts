/** Whether the relay is ready, as one line of a health page. */
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { Readiness } from '../../relay/rooms/readiness.js';

/**
 * For the health page of a backend of your own: provide it beside `TerminusModule`, and add
 * `() => relay.isReady()` to what `HealthCheckService` checks. It finds the relay by itself.
 */
@Injectable()
export class RelayHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly modules: ModuleRef,
  ) {}

  /** Down while the relay takes no new rooms; `obstacles` says why. */
  isReady(key = 'relay'): HealthIndicatorResult {
    const obstacles = this.modules.get(Readiness, { strict: false }).now();
    const indicator = this.indicators.check(key);
    return obstacles.length === 0 ? indicator.up() : indicator.down({ obstacles });
  }
}
