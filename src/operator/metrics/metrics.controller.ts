/** `/metrics`, for Prometheus and other readers of OpenMetrics. */
import { Get, Res, UseGuards } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { OperatorGuard } from '../access/operator.guard.js';
import { RelayController } from '../../config/relay-controller.js';
import { reply } from '../../http/reply.js';
import { MetricsService } from './metrics.service.js';

@UseGuards(OperatorGuard)
@RelayController('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    private readonly http: HttpAdapterHost,
  ) {}

  @Get()
  async read(@Res() response: unknown): Promise<void> {
    const text = await this.metrics.text();
    reply(this.http, response, 200, { 'Content-Type': this.metrics.contentType }, text);
  }
}
