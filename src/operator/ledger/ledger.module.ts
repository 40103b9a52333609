/** What the relay remembers of those who are gone, and of what they got wrong, for all operator modules that tell of it. */
import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { Seats } from '../../relay/seats/seats.js';
import { SessionEvents } from '../../relay/session/session-events.js';
import { Ledger } from './ledger.js';
import { RoomLinter } from './room-linter.js';
import { Tally } from './tally.js';

/** Imported by the modules that need it: there is one ledger, however many they are.  */
@Module({
  providers: [
    {
      provide: Ledger,
      useFactory: ({ ledgerSize }: RelayOptions) => new Ledger(ledgerSize),
      inject: [RelayOptions],
    },
    { provide: RoomLinter, useFactory: (ledger: Ledger) => new RoomLinter(ledger), inject: [Ledger] },
    Tally,
  ],
  exports: [Ledger, RoomLinter, Tally],
})
export class LedgerModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly ledger: Ledger,
    private readonly linter: RoomLinter,
    private readonly tally: Tally,
    private readonly events: SessionEvents,
    private readonly seats: Seats,
  ) {}

  onModuleInit(): void {
    for (const listener of [this.ledger, this.linter, this.tally]) this.events.listen(listener);
    this.seats.listen(this.linter);
    this.linter.start();
  }

  onApplicationShutdown(): void {
    this.linter.stop();
  }
}
