// What happens to nodes and brokers in a soak, and which connections it may cost, by the rules of chapter B.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../fuzz/dice.js';
import type { NatsServer } from '../../harness/nats-server.js';
import { loseCodes } from '../../harness/node.js';
import type { TcpProxy } from '../../harness/tcp-proxy.js';
import type { Fleet, SoakNode } from './fleet.js';
import { HARMLESS, type Harm, type Place } from './weather.js';

/** From its beginning until it is over and everything runs again. */
export interface Fault extends Harm {
  readonly name: string;
  strike(): Promise<void>;
}

/** All that a node has may be lost, and its codes. */
function losing(node: SoakNode): Harm {
  const isOf = (at: Place, host: Place): boolean => at === node || host === node;
  return { mayEnd: isOf, mayRefuse: isOf, mayTakeOver: (host) => host === node };
}

/** The nodes reach no others: members on this side or on that go on, but for a host whose code was taken over (B6). */
function cutting(nodes: readonly Place[]): Harm {
  const isCut = (place: Place): boolean => nodes.includes(place);
  return {
    mayEnd: (at, host) => isCut(at) !== isCut(host),
    mayRefuse: (at, host) => isCut(at) || isCut(host),
    mayTakeOver: isCut,
  };
}

/** Their broker is dead, so these nodes reach no other: unlike behind a cut, not even each other. */
function orphaning(nodes: readonly Place[]): Harm {
  const isOrphan = (place: Place): boolean => nodes.includes(place);
  return {
    ...cutting(nodes),
    mayEnd: (at, host) => at !== host && (isOrphan(at) || isOrphan(host)),
  };
}

/** No node reaches any other, and no new login is let in. No code may change its owner (B7, B8). */
const PARTING: Harm = {
  mayEnd: (at, host) => at !== host,
  mayRefuse: () => true,
  mayTakeOver: () => false,
};

/** No new login is let in, and no member loses anything. */
const CLOSING: Harm = { mayEnd: () => false, mayRefuse: () => true, mayTakeOver: () => false };

type Blow = Harm & Pick<Fault, 'strike'>;

interface Kind {
  /** How long it may take, chosen by the dice: around the times at which links and leases are given up, and far beyond. */
  readonly seconds: readonly [number, ...number[]];
  readonly make: (fleet: Fleet, node: SoakNode, seconds: number) => Blow | Promise<Blow>;
}

/** The fault table. */
const FAULTS = {
  killed: {
    seconds: [0, 2, 7],
    make: (_, node, seconds) => ({ ...losing(node), strike: () => restart(node, 'SIGKILL', seconds) }),
  },
  stopped: {
    seconds: [0, 2],
    make: (_, node, seconds) => ({ ...losing(node), strike: () => restart(node, 'SIGTERM', seconds) }),
  },
  frozen: {
    seconds: [3, 4, 5, 6, 9],
    make: (_, node, seconds) => ({ ...losing(node), strike: () => node.program.standStill(seconds) }),
  },
  paused: {
    seconds: [1, 1.5],
    make: (_, node, seconds) => ({ ...HARMLESS, strike: () => node.program.standStill(seconds) }),
  },
  'cut off': {
    seconds: [3, 4, 5, 6, 13],
    make: (_, node, seconds) => ({ ...cutting([node]), strike: () => cut(node.network, seconds) }),
  },
  'route cut': {
    seconds: [3, 4, 5, 6, 13],
    make: async (fleet, _, seconds) => {
      const keeper = await fleet.keeper();
      return { ...cutting(fleet.nodesBeside(keeper)), strike: () => cut(fleet.brokers.route, seconds) };
    },
  },
  'other broker killed': {
    seconds: [0, 2, 5, 13],
    make: async (fleet, _, seconds) => {
      const keeper = await fleet.keeper();
      const other = fleet.brokers.beside(keeper);
      return { ...orphaning(fleet.nodesBeside(keeper)), strike: () => crash(other, seconds) };
    },
  },
  'broker killed': {
    seconds: [0, 2, 5, 60],
    make: async (fleet, _, seconds) => {
      const keeper = await fleet.keeper();
      return { ...PARTING, strike: () => crash(keeper, seconds) };
    },
  },
  'broker emptied': {
    seconds: [0],
    make: async (fleet) => {
      const keeper = await fleet.keeper();
      return { ...PARTING, strike: () => keeper.restartEmpty() };
    },
  },
  'codes lost': {
    seconds: [0],
    make: (fleet) => ({ ...CLOSING, strike: () => loseCodes(fleet.brokers.servers[0].url) }),
  },
} satisfies Record<string, Kind>;

export type FaultName = keyof typeof FAULTS;

const NAMES = Object.keys(FAULTS) as [FaultName, ...FaultName[]];

export function anyFault(fleet: Fleet, dice: Dice): Promise<Fault> {
  const name = dice.pick(NAMES);
  const { seconds }: Kind = FAULTS[name];
  return makeFault(name, dice.pick(seconds), fleet, dice);
}

export async function makeFault(name: FaultName, seconds: number, fleet: Fleet, dice: Dice): Promise<Fault> {
  const { make }: Kind = FAULTS[name];
  return { name: `${name}, ${seconds} s`, ...(await make(fleet, dice.pick(fleet.nodes), seconds)) };
}

async function restart(node: SoakNode, signal: NodeJS.Signals, seconds: number): Promise<void> {
  await node.program.stop(signal);
  await sleep(seconds * 1_000);
  await node.start();
}

async function crash(nats: NatsServer, seconds: number): Promise<void> {
  await nats.kill();
  await sleep(seconds * 1_000);
  await nats.start();
}

async function cut(network: TcpProxy, seconds: number): Promise<void> {
  network.cut();
  await sleep(seconds * 1_000);
  network.heal();
}
