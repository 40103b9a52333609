// Plays many players, with keys and without, that share ids, and come and go in each way.
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE } from '../../harness/deadline.js';
import type { Connection } from '../../harness/connection.js';
import type { Relay } from '../../harness/one-relay.js';
import {
  goingOn,
  hostAsking,
  keyOf,
  playerAsking,
  type Words,
  wordsToHost,
} from '../../wire/returning/staying.js';
import type { Dice } from '../../tools/fuzz/dice.js';
import { CrowdLedger } from './crowd-ledger.js';

/** Few ids, so that they are shared. */
const IDS = ['467', '468'] as const;

const PEOPLE = 6;

/** Seconds. */
const GRACE = 1;

interface Person {
  readonly id: string;
  readonly key: string | undefined;
  connection: Connection | undefined;
  welcome: Words | undefined;
  got: number;
  said: number;
  speaker: string;
}

export class Crowd {
  private readonly ledger = new CrowdLedger();
  private readonly people: Person[];
  /** All that there were: a plain player that enters again is another player. */
  private readonly connections: Connection[] = [];
  private speakers = 0;

  private constructor(
    private readonly relay: Relay,
    private readonly dice: Dice,
    private readonly code: string,
    private readonly host: Connection,
  ) {
    this.people = Array.from({ length: PEOPLE }, (_, n) => ({
      ...{ id: dice.pick(IDS), key: dice.once(2) ? keyOf(`person ${n}`) : undefined },
      ...{ connection: undefined, welcome: undefined, got: 0, said: 0, speaker: '' },
    }));
  }

  /** @throws {Error} if the host hears what it must not, or a seat is left behind. */
  static async play(relay: Relay, dice: Dice, steps: number): Promise<void> {
    const code = relay.code();
    const host = await relay.connect();
    host.send(hostAsking(code, { grace: GRACE, unique: dice.once(3) }));
    await wordsToHost(host);
    const crowd = new Crowd(relay, dice, code, host);
    for (let n = 0; n < steps; n++) await crowd.step();
    await crowd.disperse();
  }

  private async step(): Promise<void> {
    const person = this.people[this.dice.below(PEOPLE)]!;
    const { connection } = person;
    this.read();
    if (connection === undefined || connection.isClosed) return this.enter(person, {});
    const deed = this.dice.below(12);
    if (deed < 6) this.say(person);
    else if (deed === 6) connection.vanish();
    else if (deed === 7) await connection.leave(this.dice.once(2) ? 1001 : undefined);
    // A living connection is taken over, or has a second one beside it.
    else if (deed === 8) await this.enter(person, person.welcome ? goingOn(person.welcome, person.got) : {});
    else if (deed === 9) await this.enter(person, {});
    else if (deed === 10) await connection.fence().catch(() => undefined);
    else await sleep(this.dice.below(300));
    if (deed < 9 || this.dice.once(2)) return;
    this.host.send({ receiver_id: person.id });
  }

  private async enter(person: Person, wishes: object): Promise<void> {
    const { id, key } = person;
    const connection = await this.relay.connect();
    const asked = key === undefined ? {} : { key, ...wishes };
    connection.send(
      key === undefined
        ? { action: 'login_client', server_code: this.code, client_id: id }
        : playerAsking(this.code, id, asked),
    );
    this.connections.push(connection);
    person.connection = connection;
    person.welcome = undefined;
    person.speaker = `${id} ${++this.speakers}`;
    person.got = person.said = 0;
  }

  private say(person: Person): void {
    const { connection, speaker } = person;
    connection?.send({ speaker, n: ++person.said });
  }

  private read(): void {
    for (const message of this.host.inbox.drain()) this.ledger.hear(String(message));
    for (const person of this.people) {
      for (const message of person.connection?.inbox.drain() ?? []) {
        if (!String(message).startsWith('{"$relay":"welcome"')) person.got++;
        else person.welcome = JSON.parse(String(message)) as Words;
      }
    }
  }

  /** All go, and in the end the host believes in none of them. */
  private async disperse(): Promise<void> {
    for (const connection of this.connections) if (!connection.isClosed) await connection.leave();
    const end = performance.now() + PATIENCE;
    do {
      await sleep(50);
      await this.host.fence();
      this.read();
    } while (this.ledger.seats > 0 && performance.now() < end);
    if (this.ledger.seats > 0) throw new Error(`${this.ledger.seats} seats are left behind`);
    await this.host.leave();
  }
}
