/** The workloads by name: what is done, and by which figure it is judged. */
import type { Workload } from './driver/job.js';
import type { FigureName } from './results.js';

export interface WorkloadEntry {
  name: string;
  /** Several workloads may be asked for by the name of their group. */
  group: string;
  workload: Workload;
  figure: FigureName;
  lessIsBetter?: boolean;
  /** A relay of its own for each run: what earlier ones left behind would be measured too. */
  fresh?: boolean;
  /** Fewer rounds than the others. */
  rounds?: number;
  /** Longer than the others, by this factor. */
  longer?: number;
  /** Relays can only take turns: side by side, each would be late for the others. */
  inTurn?: boolean;
  /** Part of `--quick`. */
  quick?: boolean;
}

const rooms50 = { kind: 'traffic', rooms: 50, players: 8 } as const;
const phones = { perSecond: 30, bytes: 65 };
const party = {
  forward: phones,
  broadcast: { perSecond: 10, bytes: 200 },
  unicast: { perSecond: 5, bytes: 80 },
};
const cpu = { figure: 'cpuPerMillion', lessIsBetter: true } as const;

const rates: WorkloadEntry[] = [
  rate('fanin', { ...rooms50, forward: { window: 8, bytes: 64 } }, true),
  rate('fanin-w1', { ...rooms50, forward: { window: 1, bytes: 64 } }, true),
  rate('fanin-1k', { ...rooms50, forward: { window: 8, bytes: 1024 } }),
  rate('fanin-hot', { ...rooms50, rooms: 1, players: 400, forward: { window: 8, bytes: 64 } }),
  rate('fanout', { ...rooms50, broadcast: { window: 8, bytes: 200 } }, true),
  rate('fanout-200', { ...rooms50, rooms: 4, players: 200, broadcast: { window: 8, bytes: 200 } }),
  rate('unicast', { ...rooms50, unicast: { window: 8, bytes: 80 } }, true),
  rate('churn', { kind: 'churn', rooms: 8, parallel: 64 }),
];

const partyLoads: WorkloadEntry[] = [
  { ...partyOf(40), name: 'party', group: 'party', quick: true },
  { ...partyOf(100), name: 'party-100', group: 'party' },
  ...[10, 20, 40, 60, 80, 100, 120, 160].map((rooms) => ({ ...partyOf(rooms), fresh: true, rounds: 2 })),
];

const scaling: WorkloadEntry[] = [
  ...[1, 100, 5000].map((rooms) => scale('forward', rooms, 2)),
  ...[8, 50, 250].map((players) => scale('forward', 4, players)),
  ...[1, 100, 5000].map((rooms) => scale('broadcast', rooms, 2)),
  ...[8, 50, 250].map((players) => scale('broadcast', 4, players)),
];

const slowReader: Workload = {
  kind: 'stalled',
  rooms: 2,
  players: 8,
  forward: phones,
  broadcast: { perSecond: 120, bytes: 32_000 },
};
const storm: Workload = {
  kind: 'storm',
  rooms: 200,
  players: 10,
  withinMs: 1000,
  forward: { perSecond: 5, bytes: 65 },
};
const comeBack: Workload = { kind: 'return', rooms: 200, players: 10, withinMs: 1000 };
const firstLogins: Workload = { kind: 'cold', rooms: 8, parallel: 64, logins: 2000 };
const memory = { lessIsBetter: true, fresh: true };
const memoryReturn: Workload = { kind: 'memory-return', connections: 20_000, wave: 4000, patienceMs: 30_000 };

const others: WorkloadEntry[] = [
  single('echo', { kind: 'echo', bytes: 80 }, { figure: 'p50Ms', lessIsBetter: true, quick: true }),
  single('stalled', slowReader, { figure: 'p99Ms', lessIsBetter: true, fresh: true, rounds: 2, longer: 1.5 }),
  single('storm', storm, { figure: 'lastInMs', lessIsBetter: true, fresh: true, inTurn: true }),
  single('return', comeBack, { figure: 'lastInMs', lessIsBetter: true, fresh: true, inTurn: true }),
  single('cold', firstLogins, { ...cpu, fresh: true }),
  single('idle', idle(9000, 5000), { figure: 'bytesPerConnection', ...memory, rounds: 2 }),
  single('idle-quick', idle(1800, 700), { figure: 'bytesPerConnection', ...memory, rounds: 1, quick: true }),
  single('memory-return', memoryReturn, { figure: 'memoryRatio', ...memory, rounds: 1 }),
];

const rooms48 = { ...rooms50, rooms: 48 } as const;

/** All three kinds of messages, in rooms that three nodes can share alike. */
export const parties: WorkloadEntry = across('parties', { ...rooms48, ...party });

/** What `--cluster` measures: messages of 100 bytes, and parties. */
const acrossNodes: WorkloadEntry[] = [
  across('to-host', { ...rooms48, forward: { perSecond: 30, bytes: 100 } }),
  across('to-host-full', { ...rooms48, forward: { window: 8, bytes: 100 } }),
  across('to-one', { ...rooms48, unicast: { perSecond: 30, bytes: 100 } }),
  across('to-all', { ...rooms48, broadcast: { perSecond: 30, bytes: 100 } }),
  parties,
  { ...across('there-and-back', { kind: 'echo', bytes: 100 }), figure: 'p50Ms' },
];

export const workloads: readonly WorkloadEntry[] = [
  ...rates,
  ...others,
  ...partyLoads,
  ...scaling,
  ...acrossNodes,
];

/** Those of the names or groups; throws at a name that is none. */
export function findWorkloads(names: readonly string[]): WorkloadEntry[] {
  return names.flatMap((name) => {
    const found = workloads.filter((entry) => entry.name === name || entry.group === name);
    const exact = found.filter((entry) => entry.name === name);
    if (found.length === 0) throw new Error(`no workload ${name}; there are ${groups().join(', ')}`);
    return exact.length > 0 ? exact : found;
  });
}

/** The names by which workloads may be asked for, without the members of large groups. */
export function groups(): string[] {
  return [...new Set(workloads.map(({ name, group }) => (name.includes(' ') ? group : name)))];
}

function single(
  name: string,
  workload: Workload,
  rest: Omit<WorkloadEntry, 'name' | 'group' | 'workload'>,
): WorkloadEntry {
  return { name, group: name, workload, ...rest };
}

function rate(name: string, workload: Workload, quick = false): WorkloadEntry {
  return single(name, workload, { figure: 'perSecond', quick });
}

function idle(connections: number, settleMs: number): Workload {
  return { kind: 'idle', connections, settleMs };
}

function partyOf(rooms: number): WorkloadEntry {
  const workload: Workload = { kind: 'traffic', rooms, players: 8, ...party };
  return { name: `load ${rooms}`, group: 'load', workload, ...cpu };
}

function across(name: string, workload: Workload): WorkloadEntry {
  return { name, group: 'cluster', workload, ...cpu };
}

function scale(kind: 'forward' | 'broadcast', rooms: number, players: number): WorkloadEntry {
  const flow =
    kind === 'forward' ? { alone: true as const, bytes: 64 } : { alone: true as const, bytes: 200 };
  const workload: Workload = { kind: 'traffic', rooms, players, [kind]: flow };
  const name = `${kind} ${rooms}x${players}`;
  return { name, group: 'scaling', workload, ...cpu, fresh: true, rounds: 2, longer: 1.5 };
}
