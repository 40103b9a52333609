/** Tells peers why they were disconnected. Leave out the import and it is gone. */
import { type DynamicModule, Module } from '@nestjs/common';
import { type ModuleMarks, marked } from '../../config/marked-module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { WhyController } from './why.controller.js';

/**
 * Import it beside `RelayModule`. The client of this package asks at `/v1/why`: a backend
 * with a global prefix excludes that path from it.
 */
@Module({ imports: [LedgerModule], controllers: [WhyController] })
export class WhyModule {
  /** For a backend that marks the routes of the module. */
  static forRoot(marks: ModuleMarks = {}): DynamicModule {
    return marked({ module: WhyModule }, marks);
  }
}
