/** What a benchmark leaves behind: every measurement, and the medians drawn from them. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Measurement } from './driver/job.js';
import { paths } from './paths.js';

/** The figures by which relays are compared. */
export type FigureName =
  'perSecond' | 'cpuPerMillion' | 'p50Ms' | 'p99Ms' | 'lastInMs' | 'bytesPerConnection' | 'memoryRatio';

export interface Sample {
  workload: string;
  relay: string;
  round: number;
  measurement: Measurement;
  /** Why there is no measurement, if there is none. */
  error?: string;
}

/** One line of the table: a workload on a relay, over all rounds. */
export interface Row {
  workload: string;
  relay: string;
  figure: FigureName;
  lessIsBetter: boolean;
  /** Medians; null where a workload has no such figure. */
  value: number | null;
  /** To the baseline, taken within each round; the median of those. */
  ratio: number | null;
  /** Between the highest and the lowest round, as a share of the median. */
  spread: number | null;
  cpuPerMillion: number | null;
  cpuRatio: number | null;
  perSecond: number | null;
  p50Ms: number | null;
  p99Ms: number | null;
  relayShare: number | null;
  /** The highest of all rounds. */
  driverShare: number | null;
  ok: boolean;
  notes: string[];
}

export interface Report {
  when: string;
  machine: string;
  cores: number;
  node: string;
  /** Load averages of the machine over a minute, before and after: what else was going on. */
  load: [before: number, after: number];
  mode: 'quick' | 'full' | 'partial' | 'cluster';
  rounds: number;
  measureMs: number;
  tookSeconds: number;
  baseline: string;
  relays: { name: string; command: string }[];
  rows: Row[];
  samples: Sample[];
}

/** Writes the report and answers where. */
export function saveReport(report: Report, path: string | undefined): string {
  const file = path ?? join(paths.results, `${report.mode}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(report, null, 1) + '\n');
  return file;
}

/** The report in the file, or the newest of all. Throws if there is none. */
export function loadReport(path: string | undefined): Report {
  const files = readdirSync(paths.results).filter((name) => name.endsWith('.json'));
  const byAge = files.map((name) => join(paths.results, name)).sort((a, b) => modified(b) - modified(a));
  const file = path ?? byAge[0];
  if (file === undefined) throw new Error('there are no results yet: run npm run bench');
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

function modified(file: string): number {
  return statSync(file).mtimeMs;
}
