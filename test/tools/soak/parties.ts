// All parties of a soak that are played at a time, and what strangers try meanwhile.
import { PATIENCE } from '../../harness/deadline.js';
import { SoakParty } from './party.js';
import type { Setting } from './weather.js';

/** Parties at a time. */
const PARTIES = 5;

export class Parties {
  /** All codes that were used. */
  readonly codes: string[] = [];
  /** How many things have happened. */
  steps = 0;
  /** How often another host got the code of a party that could not keep it. */
  successions = 0;
  private readonly parties: SoakParty[] = [];
  /** Whose code is another's. */
  private deposed: SoakParty[] = [];
  private readonly rivalries = new Set<Promise<void>>();
  private rooms = 0;
  private failure: Error | undefined;

  constructor(private readonly setting: Setting) {}

  /** Takes the place of those that are over. */
  async open(): Promise<void> {
    for (let at = 0; at < PARTIES; at++) {
      if (this.parties[at]?.isOver === false) continue;
      const code = `SOAK${++this.rooms}`;
      this.codes.push(code);
      this.parties[at] = await openParty(this.setting, code);
    }
  }

  /** One thing happens to one of them. */
  async step(): Promise<void> {
    const { dice, weather } = this.setting;
    const at = dice.below(PARTIES);
    const party = this.parties[at];
    if (this.failure !== undefined) throw this.failure;
    if (weather.isCalm && dice.once(1_000)) await this.replace(party);
    else if (dice.once(50)) this.challenge(at);
    else party?.step();
    for (const one of this.deposed) one.step();
    this.steps++;
  }

  /** There will be a fault. */
  async prepare(): Promise<void> {
    await Promise.all(this.parties.map((party) => party.prepare()));
  }

  /** The fault is over, and the relay works again: whatever became of each party is known. */
  async takeStock(): Promise<void> {
    await this.endRivalries();
    await Promise.all([...this.parties, ...this.deposed].map((party) => party.takeStock()));
    this.deposed = [];
  }

  async end(): Promise<void> {
    await this.endRivalries();
    await Promise.all(this.parties.splice(0).map((party) => party.end()));
  }

  private async replace(party: SoakParty | undefined): Promise<void> {
    await this.endRivalries();
    await party?.end();
    await this.open();
  }

  private challenge(at: number): void {
    const rivalry = this.rival(at)
      .catch((error: Error) => void (this.failure ??= error))
      .finally(() => this.rivalries.delete(rivalry));
    this.rivalries.add(rivalry);
  }

  /**
   * Another host asks for the code of a party, on any node. In peace it must be refused (L3), and so it must while the
   * party's node is not cut off, dead or frozen.
   *
   * What is proven when it is let in, from outside and by names alone: from the moment that this test knows of it, all
   * who ask for the code, on any node and first of all on the former host's, are players of the new host only. If one
   * of them were announced to the former host, that host would "get of nobody"; if one got a word of the former host,
   * it would be none that "was due". So the former room lets no player in as long as the other one lives, and it is gone
   * when its node is back. Nothing is proven of those who had asked before: either host may have been right.
   */
  private async rival(at: number): Promise<void> {
    const code = this.parties[at]?.code ?? '';
    const next = await SoakParty.ask(this.setting, code, `${code}-${this.steps}`);
    const former = this.parties[at];
    if (next === undefined || former === undefined) return;
    if (!former.mayLoseCode) throw new Error(`${code} has two hosts, ${former.name} and ${next.name}`);
    next.succeed(former);
    this.deposed.push(former);
    this.parties[at] = next;
    this.successions++;
  }

  private async endRivalries(): Promise<void> {
    await Promise.all(this.rivalries);
    if (this.failure !== undefined) throw this.failure;
  }
}

/** A party whose host asks until it is let in, which is at once unless there was a fault. */
async function openParty(setting: Setting, code: string): Promise<SoakParty> {
  const end = performance.now() + PATIENCE;
  do {
    const party = await SoakParty.ask(setting, code, code);
    if (party !== undefined) return party;
  } while (!setting.weather.isCalm && performance.now() < end);
  throw new Error(`host ${code} was not let in`);
}
