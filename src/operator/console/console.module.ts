/** `/console`: what happens on the relay, live, and what its operator can do. Leave out the import and it is gone. */
import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { type ModuleMarks, marked } from '../../config/marked-module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { ActionsController } from './actions.controller.js';
import { ConsoleFiles } from './console-files.js';
import { ConsoleReply } from './console-reply.js';
import { ConsoleController } from './console.controller.js';
import { ConsoleService } from './console.service.js';

/** Import it beside `RelayModule`. */
@Module({
  imports: [AccessModule, LedgerModule],
  controllers: [ConsoleController, ActionsController],
  providers: [ConsoleFiles, ConsoleReply, ConsoleService],
})
export class ConsoleModule {
  /** For a backend that marks the routes of the module. */
  static forRoot(marks: ModuleMarks = {}): DynamicModule {
    return marked({ module: ConsoleModule }, marks);
  }
}
