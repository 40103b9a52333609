/** Tells peers why they were disconnected. Leave out the import and it is gone. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { SessionEvents } from '../relay.port.js';
import { Ledger } from './ledger.js';
import { WhyController } from './why.controller.js';
import { ConfigurableModuleClass, createLedger, MODULE_OPTIONS_TOKEN } from './why.module-definition.js';

/**
 * Import it beside `RelayModule`; it finds the relay by itself. The client of this package asks at `/v1/why`: a backend
 * with a global prefix excludes that path from it.
 */
@Module({
  controllers: [WhyController],
  providers: [{ provide: Ledger, useFactory: createLedger, inject: [MODULE_OPTIONS_TOKEN] }],
})
export class WhyModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(
    private readonly ledger: Ledger,
    private readonly modules: ModuleRef,
  ) {
    super();
  }

  onModuleInit(): void {
    this.modules.get(SessionEvents, { strict: false }).listen(this.ledger);
  }
}
