/** The flags of `npm run bench`. */
import { parseArgs } from 'node:util';
import { clusterRelays } from './relays.js';
import { findWorkloads, groups, workloads, type WorkloadEntry } from './workloads.js';

export interface BenchOptions {
  mode: 'quick' | 'full' | 'partial' | 'cluster';
  workloads: WorkloadEntry[];
  peers: string[];
  /** Relays given by their command, in which `{port}` is replaced. */
  relays: { name: string; command: string }[];
  baseline: string;
  rounds: number;
  /** All relays do a workload at the same time: whatever slows the machine down slows them all. */
  atOnce: boolean;
  /** How long the new relays of a round are idle, and relay parties then, before any of them is measured. */
  restMs: number;
  firstWarmupMs: number;
  warmupMs: number;
  measureMs: number;
  /** When this much time is over, no workload is begun again; the first round is always whole. */
  budgetMs: number;
  json: string | undefined;
  plot: boolean;
}

export const usage = `npm run bench -- [flags]
  --quick               a selection in under a minute
  --cluster             one node alone against three nodes and a nats-server
  --workloads a,b       only these: ${groups().join(', ')}
  --peers a,b           only these: carparty, ws-plain, socket-io; carparty-keyed, whose phones bring keys
  --relay name=command  another relay, started by its command with {port} in it; may be repeated
  --baseline name       what the ratios refer to (ws-plain, or else the first relay)
  --rounds n            how often relays take turns (3; quick 2)
  --at-once             they take no turns: all do a workload at the same time, each as much of it; not storm
  --seconds n           how long each run measures (1.5; quick 0.5)
  --json file           the results, in place of bench/results/{quick,full,partial}.json
  --plot                no run: puts the results in --json, or the newest, into bench/README.md and docs/`;

/** Groups that only those relays can do which are named for it. */
const ON_REQUEST = ['cluster', 'return'];

/**
 * A relay needs more for a message until V8 has compiled all that it uses, and a node of many uses more: they are held
 * against each other by hundredths, as they are when they have run for a while.
 */
const CLUSTER_FIRST_WARMUP_MS = 25_000;

/**
 * A process that has been idle for some ten seconds needs 6 % more for a message than one that was just started, and a
 * node of many is older than one alone when it is ready. So all grow old first, as they are when they have run for a while.
 */
const CLUSTER_REST_MS = 20_000;

const CLUSTER_WARMUP_MS = 4_000;

const flags = {
  help: { type: 'boolean', short: 'h' },
  quick: { type: 'boolean' },
  cluster: { type: 'boolean' },
  workloads: { type: 'string' },
  peers: { type: 'string' },
  relay: { type: 'string', multiple: true },
  baseline: { type: 'string' },
  rounds: { type: 'string' },
  'at-once': { type: 'boolean' },
  seconds: { type: 'string' },
  json: { type: 'string' },
  plot: { type: 'boolean' },
} as const;

/** Undefined if help was asked for. Throws an error with the flag in it if one cannot be understood. */
export function readOptions(args: string[]): BenchOptions | undefined {
  const { values } = parseArgs({ args, options: flags });
  if (values.help === true) return undefined;
  const cluster = values.cluster === true;
  const quick = values.quick === true;
  const relays = (values.relay ?? []).map(readRelay);
  const given = values.peers?.split(',').filter((name) => name !== '');
  const peers = given ?? (cluster ? clusterRelays.map(({ name }) => name) : defaultPeers(relays.length > 0));
  const names = [...peers, ...relays.map((relay) => relay.name)];
  const baseline = values.baseline ?? (names.includes('ws-plain') ? 'ws-plain' : names[0]);
  if (baseline === undefined || !names.includes(baseline))
    throw new Error(`--baseline: no relay ${baseline}`);
  const chosen = values.workloads?.split(',') ?? (cluster ? ['cluster'] : undefined);
  const atOnce = values['at-once'] === true;
  const asked = chosen === undefined ? defaultWorkloads(quick, atOnce) : findWorkloads(chosen);
  const inTurn = asked.find((entry) => entry.inTurn === true);
  if (atOnce && inTurn !== undefined) throw new Error(`--at-once: relays take turns in ${inTurn.name}`);
  return {
    mode: cluster ? 'cluster' : chosen !== undefined ? 'partial' : quick ? 'quick' : 'full',
    workloads: asked,
    peers,
    relays,
    baseline,
    rounds: readNumber('rounds', values.rounds, quick ? 2 : 3),
    atOnce,
    restMs: cluster ? CLUSTER_REST_MS : 0,
    firstWarmupMs: cluster ? CLUSTER_FIRST_WARMUP_MS : 0,
    warmupMs: quick ? 250 : cluster ? CLUSTER_WARMUP_MS : 700,
    measureMs: readNumber('seconds', values.seconds, quick ? 0.5 : 1.5) * 1000,
    budgetMs: quick ? 42_000 : Infinity,
    json: values.json,
    plot: values.plot === true,
  };
}

function readRelay(text: string, index: number): { name: string; command: string } {
  if (!text.includes('{port}')) throw new Error(`--relay: no {port} in "${text}"`);
  const named = /^([\w.-]+)=(.*)$/s.exec(text);
  const [, name = `relay-${index + 1}`, command = text] = named ?? [];
  return { name, command };
}

function defaultPeers(others: boolean): string[] {
  return others ? ['ws-plain'] : ['carparty', 'ws-plain', 'socket-io'];
}

function defaultWorkloads(quick: boolean, atOnce: boolean): WorkloadEntry[] {
  return workloads.filter(({ name, group, quick: isQuick, inTurn }) => {
    if (atOnce && inTurn === true) return false;
    return quick ? isQuick === true : name !== 'idle-quick' && !ON_REQUEST.includes(group);
  });
}

function readNumber(flag: string, text: string | undefined, preset: number): number {
  const value = text === undefined ? preset : Number(text);
  if (!(value > 0)) throw new Error(`--${flag}: "${text}" is not a number above 0`);
  return value;
}
