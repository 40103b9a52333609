/** `/healthz` and `/readyz`. Leave out the import and they are gone. */
import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { type ModuleMarks, marked } from '../../config/marked-module.js';
import { HealthController } from './health.controller.js';
import { RelayHealthIndicator } from './relay-health.indicator.js';

/** Import it beside `RelayModule`. Being asked each second is nothing to log. */
@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [RelayHealthIndicator],
  exports: [RelayHealthIndicator],
})
export class HealthModule {
  /** For a backend that marks the routes of the module. */
  static forRoot(marks: ModuleMarks = {}): DynamicModule {
    return marked({ module: HealthModule }, marks);
  }
}
