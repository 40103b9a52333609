// A relay whose linter looks when a test wants it to.
import { RelayModule } from '../../../src/index.js';
import { isFinding } from '../../../src/operator/ledger/entry.js';
import type { FindingKind } from '../../../src/operator/ledger/finding.js';
import { Ledger } from '../../../src/operator/ledger/ledger.js';
import { LedgerModule } from '../../../src/operator/ledger/ledger.module.js';
import { RoomLinter } from '../../../src/operator/ledger/room-linter.js';
import { startBackend, type Backend } from '../../embed/backend.js';

export class Lint {
  private constructor(
    readonly backend: Backend,
    readonly linter: RoomLinter,
  ) {}

  static async start(): Promise<Lint> {
    const backend = await startBackend({ imports: [RelayModule.forRoot(), LedgerModule] });
    const linter = backend.app.get(RoomLinter, { strict: false });
    linter.stop();
    return new Lint(backend, linter);
  }

  /** Lets the linter look while `happens`, as long as that takes, and returns what it has found so far. */
  async look(happens: () => Promise<unknown>): Promise<[FindingKind, number][]> {
    do this.linter.tick();
    while (this.linter.looking === 0);
    await happens();
    this.linter.tick();
    return this.found;
  }

  /** The findings that stand in the ledger. */
  get written(): object[] {
    const entries = this.backend.app.get(Ledger, { strict: false }).entries();
    return entries.filter(isFinding);
  }

  get found(): [FindingKind, number][] {
    return this.linter.findings().map(({ kind, times }) => [kind, times]);
  }
}
