// What happens to nodes and broker in a soak, and which connections it may cost, by the rules of chapter B.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../fuzz/dice.js';
import type { Fleet, SoakNode } from './fleet.js';
import { HARMLESS, type Harm, type Place } from './weather.js';

/** From its beginning until it is over and everything runs again. */
export interface Fault extends Harm {
  readonly name: FaultName;
  strike(): Promise<void>;
}

/** All that a node has may be lost, and its codes. */
function losing(node: SoakNode): Harm {
  const isOf = (at: Place, host: Place): boolean => at === node || host === node;
  return { mayEnd: isOf, mayRefuse: isOf, mayTakeOver: (host) => host === node };
}

/** The node reaches nobody else: members on one node go on, but for a host whose code was taken over (B6). */
function cutting(node: SoakNode): Harm {
  return {
    mayEnd: (at, host) => (at === node) !== (host === node),
    mayRefuse: (at, host) => at === node || host === node,
    mayTakeOver: (host) => host === node,
  };
}

/** No node reaches any other, and nobody new is let in. No code may change its owner (B7, B8). */
const PARTING: Harm = {
  mayEnd: (at, host) => at !== host,
  mayRefuse: () => true,
  mayTakeOver: () => false,
};

type Make = (fleet: Fleet, node: SoakNode) => Harm & Pick<Fault, 'strike'>;

/** The fault table. */
const FAULTS = {
  killed: (_, node) => ({ ...losing(node), strike: () => restart(node, 'SIGKILL') }),
  stopped: (_, node) => ({ ...losing(node), strike: () => restart(node, 'SIGTERM') }),
  frozen: (_, node) => ({ ...losing(node), strike: () => node.program.standStill(9) }),
  paused: (_, node) => ({ ...HARMLESS, strike: () => node.program.standStill(1) }),
  'broker-killed': ({ nats }) => ({
    ...PARTING,
    strike: async () => {
      await nats.kill();
      await sleep(2_000);
      await nats.start();
    },
  }),
  'broker-emptied': ({ nats }) => ({ ...PARTING, strike: () => nats.restartEmpty() }),
  'cut-3': (_, node) => ({ ...cutting(node), strike: () => cut(node, 3) }),
  'cut-13': (_, node) => ({ ...cutting(node), strike: () => cut(node, 13) }),
} satisfies Record<string, Make>;

export type FaultName = keyof typeof FAULTS;

export const ALL_FAULTS = Object.keys(FAULTS) as [FaultName, ...FaultName[]];

export function makeFault(name: FaultName, fleet: Fleet, dice: Dice): Fault {
  const make: Make = FAULTS[name];
  return { name, ...make(fleet, dice.pick(fleet.nodes)) };
}

async function restart(node: SoakNode, signal: NodeJS.Signals): Promise<void> {
  await node.program.stop(signal);
  await node.start();
}

async function cut({ network }: SoakNode, seconds: number): Promise<void> {
  network.cut();
  await sleep(seconds * 1_000);
  network.heal();
}
