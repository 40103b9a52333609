/** `/metrics`, for Prometheus and other readers of OpenMetrics. */
import { Get, Res, UseGuards } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { OperatorGuard } from '../access/operator.guard.js';
import { RelayController } from '../../config/relay-controller.js';
import { MetricsService } from './metrics.service.js';

@UseGuards(OperatorGuard)
@RelayController('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    private readonly http: HttpAdapterHost,
  ) {}

  // Not by returning it: interceptors of the embedding backend may wrap what handlers return.
  @Get()
  async read(@Res() response: unknown): Promise<void> {
    const text = await this.metrics.text();
    this.http.httpAdapter.setHeader(response, 'Content-Type', this.metrics.contentType);
    this.http.httpAdapter.reply(response, text, 200);
  }
}
