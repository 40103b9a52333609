// What happened in all scripts together, so that a test can tell that it has tried what it promises.
import type { Role, Said, Welcome, Witness } from '../witness.js';

export class Tally {
  readonly counts: Record<string, number> = {};

  /** The same witness, whose words are counted. */
  of(witness: Witness, role: Role): Witness {
    const count = (what: string): void => {
      const name = `${role}: ${what}`;
      this.counts[name] = (this.counts[name] ?? 0) + 1;
    };
    return {
      get last() {
        return witness.last;
      },
      welcomed(welcome: Welcome): void {
        witness.welcomed(welcome);
        count(welcome.resumed ? 'goes on' : 'begins');
      },
      heard(said: Said): void {
        witness.heard(said);
        count(said.kind);
      },
    };
  }
}
