// A player of the soak that has a key: it comes back, and goes on where it was, or begins from nothing.
import type { Dice } from '../fuzz/dice.js';
import { Connection } from '../../harness/connection.js';
import { goingOn, keyOf, playerAsking, type Words } from '../../wire/returning/staying.js';
import { Guest } from './guest.js';

/** A seat that is lost for good would have to be waited for. */
const WAYS = ['close', 'offend', 'break'] as const;

export class StayingGuest extends Guest {
  private welcome: Words | undefined = undefined;
  private got = 0;
  /** What it has sent and the relay may not have taken, and how many messages of the stream came before. */
  private kept: string[] = [];
  private confirmed = 0;
  /** Whether it has asked to go on, and got no answer. */
  private isReturning = false;

  protected override get ways(): typeof WAYS {
    return WAYS;
  }

  override say(times: number): void {
    if (!this.isReturning) super.say(times);
  }

  override freeze(): void {}

  override go(dice: Dice): void {
    if (!this.isReturning) super.go(dice);
  }

  /** It opens another connection. The old one is lost before that, or dead without a sign, or lives. */
  async comeBack(dice: Dice): Promise<void> {
    if (this.isReturning || this.way !== 'stays' || this.welcome === undefined) return;
    this.isReturning = true;
    const former = this.connection;
    const fate = dice.pick(['lost', 'silent', 'alive']);
    this.connection = await Connection.open(this.at.url());
    // What came to the former one and was not read is not counted, though its stack may have confirmed it.
    if (fate === 'lost') former.vanish();
    else if (fate === 'silent') former.stall();
    const wishes = { key: keyOf(this.id), ...goingOn(this.welcome, this.got) };
    this.connection.send(playerAsking(this.code, this.id, wishes));
    // One that lives is the relay's to end.
    if (fate !== 'alive') former.dispose();
  }

  override expectAll(): void {
    if (this.isReturning) throw new Error(`player ${this.id} has not got its welcome`);
    super.expectAll();
  }

  protected override login(): object {
    return playerAsking(this.code, this.id, { key: keyOf(this.id) });
  }

  protected override write(): string {
    const message = super.write();
    this.kept.push(message);
    return message;
  }

  protected override hear(message: string): void {
    if (message.startsWith('{"$relay":"welcome"')) return this.welcomed(JSON.parse(message) as Words);
    super.hear(message);
    this.got++;
  }

  private welcomed(welcome: Words): void {
    const wasAsking = this.isReturning;
    this.welcome = welcome;
    this.isReturning = false;
    if (!wasAsking) return;
    if (welcome['resumed'] === true) return this.goOn(Number(welcome['got']));
    this.got = this.confirmed = 0;
    this.kept = [];
    this.history.begin();
    this.attendance.begin();
  }

  private goOn(got: number): void {
    this.kept.splice(0, got - this.confirmed);
    this.confirmed = got;
    for (const message of this.kept) this.connection.send(message);
  }
}
