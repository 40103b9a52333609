/** `/metrics`. Leave out the import and it is gone. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { OperatorAccess } from '../access/operator-access.js';
import { type ModuleMarks, marked } from '../../config/marked-module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsService } from './metrics.service.js';
import { REGISTRY, createRegistry } from './registry.js';

/** Import it beside `RelayModule`. */
@Module({
  imports: [AccessModule, LedgerModule],
  controllers: [MetricsController],
  providers: [MetricsService, { provide: REGISTRY, useFactory: createRegistry }],
})
export class MetricsModule {
  /** For a backend that marks the routes of the module. */
  static forRoot(marks: ModuleMarks = {}): DynamicModule {
    return marked({ module: MetricsModule }, marks);
  }

  constructor(access: OperatorAccess) {
    access.announce('metrics', true);
  }
}
