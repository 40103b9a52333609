// The checker of the soak: that it finds a code with two hosts, and an end for which there was no reason.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { Dice } from '../fuzz/dice.js';
import { Relay } from '../../harness/relay.js';
import { Parties } from './parties.js';
import { type Harm, Weather } from './weather.js';

const started: Relay[] = [];
afterEach(() => Promise.all(started.splice(0).map((relay) => relay.kill())));

async function start(): Promise<Relay> {
  const relay = new Relay([]);
  started.push(relay);
  await relay.start();
  return relay;
}

/** They know nothing of each other, which is the worst that nodes of one relay could do. */
function startTwo(): Promise<[Relay, Relay]> {
  return Promise.all([start(), start()]);
}

/** Players may be alone with their host; what more may happen is the test's. */
function harm(more: Partial<Harm>): Harm {
  return { mayEnd: () => false, mayRefuse: (at, host) => at !== host, mayTakeOver: () => false, ...more };
}

/** Plays until the checker finds something, or for long enough to find anything. */
async function play(places: [Relay, ...Relay[]], harm: Harm, happens = (): void => undefined): Promise<void> {
  const weather = new Weather();
  const parties = new Parties({ places, dice: new Dice(1), weather });
  await parties.open();
  weather.turn(harm);
  for (let n = 0; n < 1_000; n++) {
    if (n === 300) happens();
    await parties.step();
    await sleep(1);
  }
}

test('a second host of a code that its first host cannot have lost is detected', async () => {
  await expect(play(await startTwo(), harm({}))).rejects.toThrow('has two hosts');
});

test('a player too many in the room of a host that rightly lost its code is detected', async () => {
  await expect(play(await startTwo(), harm({ mayTakeOver: () => true }))).rejects.toThrow(
    /SOAK\S* got of nobody/,
  );
});

test('an end without a cause is detected', async () => {
  const relay = await start();
  const kill = (): void => relay.program.signal('SIGKILL');
  await expect(play([relay], harm({}), kill)).rejects.toThrow('was ended');
});

test('nothing is reported when any peer may be ended', async () => {
  const relay = await start();
  const kill = (): void => relay.program.signal('SIGKILL');
  await play([relay], harm({ mayEnd: () => true, mayRefuse: () => true }), kill);
});
