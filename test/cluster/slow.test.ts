// Faults: a host, a player or a node that does not keep up, with others on other nodes.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import type { Connection } from '../harness/connection.js';
import { tell } from '../harness/latencies.js';
import type { Node } from '../harness/node.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { useBroker } from './nodes.js';

const broker = useBroker();

/** 100 MB in all: a node that kept what no peer takes would grow by far more than {@link MOST}. */
const COUNT = 250;
const FILLER = 'x'.repeat(400_000);

/** MiB by which a node may grow, garbage that was not collected yet included. */
const MOST = 64;

function message(n: number): string {
  return `{"n":${n},"filler":"${FILLER}"}`;
}

/** Watches the memory of all nodes from now on. */
class Gauges {
  private readonly gauges: readonly MemoryGauge[];

  constructor(nodes: readonly Node[]) {
    this.gauges = nodes.map(({ program }) => new MemoryGauge(program));
  }

  look(): void {
    for (const gauge of this.gauges) gauge.look();
  }

  expectBounded(what: string): void {
    const grown = this.gauges.map((gauge) => Math.round(gauge.look()));
    tell(`      ${what}: memory of the nodes +${grown.join(', +')} MiB`);
    expect(Math.max(...grown)).toBeLessThan(MOST);
  }
}

/** A party on two nodes that is not meant by any of it, and must go on. */
class QuickParty {
  private constructor(
    private readonly host: Connection,
    private readonly player: Connection,
  ) {}

  static async on(a: Node, b: Node, code: string): Promise<QuickParty> {
    const host = await a.host(code);
    return new QuickParty(host, await b.player(host, 'quick'));
  }

  async expectUndisturbed(): Promise<void> {
    for (let n = 0; n < 20; n++) {
      this.host.send(String(n));
      expect(await this.player.next()).toBe(String(n));
      this.player.send('{}');
      expect(await this.host.next()).toBe('{"client_id":"quick"}');
    }
  }
}

/** Sends all messages, and goes on when the relay takes no more of them: it has done whatever it can. */
async function offerAll(sender: Connection, others: QuickParty, gauges: Gauges): Promise<void> {
  for (let n = 0; n < COUNT; n++) sender.send(message(n));
  let before: number;
  do {
    before = sender.unsent;
    await others.expectUndisturbed();
    gauges.look();
  } while (sender.unsent < before);
}

test('[B11] a host that reads slowly slows its players down on other nodes, and loses nothing', async () => {
  const [a, b] = await broker.two(...fixed({ pauseOutbox: 1_048_576 }));
  const host = await a.host('SLOWHOST');
  const player = await b.player(host, '1');
  const others = await QuickParty.on(a, b, 'QUICK1');
  const gauges = new Gauges([a, b]);
  host.stall();
  await offerAll(player, others, gauges);
  gauges.expectBounded('a slow host is offered 100 MB');
  host.resume();
  for (let n = 0; n < COUNT; n++) {
    expect((await host.next()) === `${message(n).slice(0, -1)},"client_id":"1"}`).toBe(true);
  }
  await others.expectUndisturbed();
});

test('[B11] the node of a player that reads slowly ends it, and the others do not wait for it', async () => {
  const [a, b] = await broker.two('--max-player-outbox', '1048576');
  const host = await a.host('SLOWPLAYER');
  const slow = await b.player(host, 'slow');
  const quick = await b.player(host, 'quick');
  const gauges = new Gauges([a, b]);
  slow.stall();
  for (let n = 0; n < COUNT; n++) {
    host.send(message(n));
    expect((await quick.next()) === message(n)).toBe(true);
    gauges.look();
  }
  gauges.expectBounded('a slow player is offered 100 MB');
  await b.logs.ending('slow-reader', 'SLOWPLAYER', 'slow');
  expect(await host.next()).toBe('{"action":"disconnect","client_id":"slow"}');
  slow.resume();
});

test('[B11] a node that stands still for a moment slows down the peers that send to it, and only those; nothing is lost', async () => {
  const [a, slow, c] = await broker.three();
  const host = await a.host('SLOWNODE');
  const player = await slow.player(host, '1');
  const others = await QuickParty.on(a, c, 'QUICK2');
  await others.expectUndisturbed();
  const gauges = new Gauges([a, slow, c]);
  // Far from the silence after which its links would rightly be lost (B4), however busy the machine is.
  const wakes = slow.program.standStill(1);
  await offerAll(host, others, gauges);
  await wakes;
  gauges.expectBounded('a slow node is offered 100 MB');
  for (let n = 0; n < COUNT; n++) expect((await player.next()) === message(n)).toBe(true);
  await others.expectUndisturbed();
});
