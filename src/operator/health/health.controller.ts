/** `/healthz` and `/readyz`: what a process manager and a balancer ask. */
import { Get, HttpException, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { HealthCheckService, type HealthIndicatorFunction } from '@nestjs/terminus';
import { RelayController } from '../../config/relay-controller.js';
import { replyJson } from '../../http/reply.js';
import { RelayHealthIndicator } from './relay-health.indicator.js';

@RelayController()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly relay: RelayHealthIndicator,
    private readonly http: HttpAdapterHost,
  ) {}

  /** The process answers: nothing else is checked, since a restart would end all its parties. */
  @Get('healthz')
  alive(@Res() response: unknown): Promise<void> {
    return this.reply(response, []);
  }

  /** Whether new parties may be sent here. Those that are here go on in any case. */
  @Get('readyz')
  ready(@Res() response: unknown): Promise<void> {
    return this.reply(response, [() => this.relay.isReady()]);
  }

  // Not by throwing it either: filters of the embedding backend may make something else of it.
  private async reply(response: unknown, indicators: HealthIndicatorFunction[]): Promise<void> {
    const [status, result] = await this.check(indicators);
    replyJson(this.http, response, status, { 'Cache-Control': 'no-store' }, result);
  }

  private async check(indicators: HealthIndicatorFunction[]): Promise<[number, unknown]> {
    try {
      return [200, await this.health.check(indicators)];
    } catch (error) {
      if (error instanceof HttpException) return [error.getStatus(), error.getResponse()];
      throw error;
    }
  }
}
