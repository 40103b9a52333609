// Faults: a host, a player or a node that does not keep up, with others on other nodes.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Node } from '../harness/node.js';
import { useBroker } from './nodes.js';

const broker = useBroker();

const COUNT = 200;

function message(n: number): string {
  return `{"n":${n},"filler":"${'x'.repeat(60_000)}"}`;
}

/** A party on both nodes that is not meant by any of it, and must go on. */
async function expectUndisturbed(a: Node, b: Node, code: string): Promise<void> {
  const host = await a.host(code);
  const player = await b.player(host, 'quick');
  for (let n = 0; n < 20; n++) {
    host.send(String(n));
    expect(await player.next()).toBe(String(n));
    player.send('{}');
    expect(await host.next()).toBe('{"client_id":"quick"}');
  }
}

test('[B11] a host that reads slowly slows its players down on other nodes, and loses nothing', async () => {
  const [a, b] = await broker.two('--pause-outbox', '65536');
  const host = await a.host('SLOWHOST');
  const player = await b.player(host, '1');
  host.stall();
  for (let n = 0; n < COUNT; n++) player.send(message(n));
  await expectUndisturbed(a, b, 'QUICK1');
  host.resume();
  for (let n = 0; n < COUNT; n++) {
    expect((await host.next()) === `${message(n).slice(0, -1)},"client_id":"1"}`).toBe(true);
  }
});

test('[B11] a player that reads slowly is ended by its own node, and nobody waits for it', async () => {
  const [a, b] = await broker.two('--max-player-outbox', '1048576');
  const host = await a.host('SLOWPLAYER');
  const slow = await b.player(host, 'slow');
  const quick = await b.player(host, 'quick');
  slow.stall();
  for (let n = 0; n < 2 * COUNT; n++) {
    host.send(message(n));
    expect((await quick.next()) === message(n)).toBe(true);
  }
  await b.logs.ending('slow-reader', 'SLOWPLAYER', 'slow');
  expect(await host.next()).toBe('{"action":"disconnect","client_id":"slow"}');
  slow.resume();
});

test('[B11] a node that stands still for a moment slows down who sends to it, and nobody else; nothing is lost', async () => {
  const [a, slow, c] = await broker.three();
  const host = await a.host('SLOWNODE');
  const player = await slow.player(host, '1');
  slow.program.signal('SIGSTOP');
  for (let n = 0; n < COUNT; n++) host.send(message(n));
  await expectUndisturbed(a, c, 'QUICK2');
  await sleep(1_500);
  slow.program.signal('SIGCONT');
  for (let n = 0; n < COUNT; n++) expect((await player.next()) === message(n)).toBe(true);
});
