// Parties on several nodes, and what happens to nodes and broker meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Dice } from '../fuzz/dice.js';
import { Connection } from '../../harness/connection.js';
import { PATIENCE } from '../../harness/deadline.js';
import { loginHost } from '../../harness/relay.js';
import type { Fault } from './faults.js';
import type { Fleet, SoakNode } from './fleet.js';
import { meet } from './meeting.js';
import { Parties } from './parties.js';
import { HARMLESS, Weather } from './weather.js';

export class NodesSoak {
  readonly parties: Parties;
  /** How often each fault was met. */
  readonly faults: Record<string, number> = {};
  private readonly weather = new Weather();

  constructor(
    private readonly fleet: Fleet,
    dice: Dice,
    private readonly stepsPerSecond: number,
  ) {
    this.parties = new Parties({ places: fleet.nodes, dice, weather: this.weather });
  }

  /** Plays as long as nothing happens. */
  async play(seconds: number): Promise<void> {
    await this.explained(async () => {
      await this.parties.open();
      await this.playUntil(sleep(seconds * 1_000));
    });
  }

  /** Plays through a fault. Behind it the relay works again by itself, and what was ended was ended for it. */
  async suffer(fault: Fault): Promise<void> {
    this.faults[fault.name] = (this.faults[fault.name] ?? 0) + 1;
    await this.explained(async () => {
      await this.parties.prepare();
      this.weather.turn(fault);
      await this.playUntil(fault.strike());
      await this.expectRecovery();
      await this.parties.takeStock();
      this.weather.turn(HARMLESS);
    });
  }

  /** Everybody leaves, and nothing is left: each code can be claimed on each node, and nodes keep nothing of what was. */
  async end(): Promise<void> {
    await this.explained(() => this.parties.end());
    const { nodes } = this.fleet;
    for (const code of this.parties.codes) for (const node of nodes) await expectFree(node, code);
    expect(this.fleet.linesOf('"level":"error"')).toBe('');
    await this.fleet.expectNothingKept(96);
  }

  private async playUntil(end: Promise<void>): Promise<void> {
    let isOver = false;
    const over = end.finally(() => (isOver = true));
    // It is reported below, when no party plays any more.
    over.catch(() => undefined);
    while (!isOver) {
      await this.parties.step();
      await sleep(1_000 / this.stepsPerSecond);
    }
    await over;
  }

  /**
   * New parties work, from each node to each. They are let in by nodes that are sure of their leases and have ended
   * the rooms that are another's, and their messages pass over links of which both ends know; so nobody who is
   * connected then is ended later for what was before.
   */
  private async expectRecovery(): Promise<void> {
    const { nodes } = this.fleet;
    await Promise.all(nodes.map((node) => meet(node, nodes)));
  }

  private async explained(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const name = /SOAK\d+/.exec(String(error))?.[0] ?? 'Backbone';
      const lines = `${this.fleet.linesOf(`${name}"`)}\n${this.fleet.linesOf('Backbone')}`;
      const faults = JSON.stringify(this.faults);
      throw new Error(`${String(error)}, behind ${faults}. The logs say of ${name}:\n${lines}`, {
        cause: error,
      });
    }
  }
}

/** A host gets the code: at once, or when the node of a host that has just vanished knows of it. */
async function expectFree(node: SoakNode, code: string): Promise<void> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const host = await Connection.open(node.url());
    host.send(loginHost(code));
    const isHost = await host.loggedIn().then(
      () => true,
      () => false,
    );
    if (isHost) return host.leave();
    if (performance.now() > end) throw new Error(`${code} is not free at the end`);
  }
}
