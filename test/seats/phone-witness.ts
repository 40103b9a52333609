// What a phone's script believes of its host, and what it must never hear.
import { type Label, type Said, type Welcome, type Witness, inWords } from './witness.js';

export class PhoneWitness implements Witness {
  last: Label | undefined = undefined;
  private isHostAway = false;
  /** Whether the host that speaks next has begun from nothing. */
  private isHostNew = false;

  welcomed({ resumed, isHostAway }: Welcome): void {
    // What was missed comes behind it, that the host is away too.
    if (resumed) return;
    this.last = undefined;
    this.isHostAway = isHostAway;
    this.isHostNew = false;
  }

  heard(said: Said): void {
    if (!this.accepts(said)) throw new Error(`the phone heard ${inWords(said)} ${this.state}`);
    if (said.kind === 'message') {
      this.last = said.label;
      this.isHostNew = false;
      return;
    }
    this.isHostAway = said.kind === 'away';
    if (said.kind === 'back' && !said.resumed) this.isHostNew = true;
  }

  private accepts(said: Said): boolean {
    if (said.kind === 'away') return !this.isHostAway;
    if (said.kind === 'back') return this.isHostAway || !said.resumed;
    if (said.kind !== 'message' || this.isHostAway) return false;
    const { life, n } = said.label;
    // Not a later life: a login that was late may have come behind its successor.
    if (this.isHostNew) return n === 1 && life !== this.last?.life;
    return this.last === undefined || (life === this.last.life && n === this.last.n + 1);
  }

  private get state(): string {
    const host = this.isHostAway
      ? 'of a host that is away'
      : this.isHostNew
        ? 'of a new host'
        : 'of its host';
    return `${host}, behind ${inWords(this.last && { kind: 'message', label: this.last })}`;
  }
}
