/** What the relay remembers of those who are gone, for all operator modules that tell of it. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { RelayOptions } from '../config/relay-options.js';
import { SessionEvents } from '../relay.port.js';
import { Ledger } from './ledger.js';
import { Tally } from './tally.js';

/** Imported by the modules that need it: there is one ledger, however many they are. It finds the relay by itself. */
@Module({
  providers: [{ provide: Ledger, useFactory: () => new Ledger() }, Tally],
  exports: [Ledger, Tally],
})
export class LedgerModule implements OnModuleInit {
  constructor(
    private readonly ledger: Ledger,
    private readonly tally: Tally,
    private readonly modules: ModuleRef,
  ) {}

  onModuleInit(): void {
    this.ledger.size = this.modules.get(RelayOptions, { strict: false }).ledgerSize;
    const events = this.modules.get(SessionEvents, { strict: false });
    events.listen(this.ledger);
    events.listen(this.tally);
  }
}
