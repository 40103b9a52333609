// What a game's script believes of its one player, and what it must never hear.
import { type Label, type Said, type Welcome, type Witness, inWords } from './witness.js';

export class HostWitness implements Witness {
  last: Label | undefined = undefined;
  private player: 'unknown' | 'here' | 'away' = 'unknown';
  /** A game that begins while its player goes on hears that from the middle. */
  private mayBeginMidway = false;

  welcomed({ resumed }: Welcome): void {
    if (resumed) return;
    this.player = 'unknown';
    this.last = undefined;
    this.mayBeginMidway = true;
  }

  heard(said: Said): void {
    if (!this.accepts(said)) throw new Error(`the host heard ${inWords(said)} ${this.state}`);
    const beginsAgain = said.kind === 'disconnect' || (said.kind === 'back' && !said.resumed);
    if (said.kind === 'message') this.last = said.label;
    if (beginsAgain) this.last = undefined;
    if (beginsAgain || said.kind === 'message') this.mayBeginMidway = false;
    if (said.kind === 'disconnect') this.player = 'unknown';
    else this.player = said.kind === 'away' ? 'away' : 'here';
  }

  private accepts(said: Said): boolean {
    switch (said.kind) {
      case 'connect':
        return this.player === 'unknown';
      case 'disconnect':
        return this.player !== 'unknown';
      case 'away':
        return this.player === 'here';
      case 'back':
        // A host hears of a return that it waits for, or that brings a new stream (R11).
        return this.player === 'away' || (this.player === 'here' && !said.resumed);
      case 'message':
        return this.player === 'here' && this.follows(said.label);
    }
  }

  private follows({ life, n }: Label): boolean {
    if (this.last === undefined) return n === 1 || this.mayBeginMidway;
    return life === this.last.life && n === this.last.n + 1;
  }

  private get state(): string {
    return `of a player who is ${this.player}, behind ${inWords(this.last && { kind: 'message', label: this.last })}`;
  }
}
