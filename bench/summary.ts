/** From measurements to rows: medians, and ratios taken within each round. */
import { describeFaults, isFlawless } from './driver/faults.js';
import type { Measurement } from './driver/job.js';
import type { Row, Sample } from './results.js';
import type { WorkloadEntry } from './workloads.js';

type NumberName = {
  [Name in keyof Measurement]-?: NonNullable<Measurement[Name]> extends number ? Name : never;
}[keyof Measurement];

/** One row for each workload and relay, in their order. */
export function summarize(
  samples: readonly Sample[],
  entries: readonly WorkloadEntry[],
  relays: readonly string[],
  baseline: string,
): Row[] {
  return entries.flatMap((entry) => {
    const ofWorkload = samples.filter((sample) => sample.workload === entry.name);
    const base = ofWorkload.filter((sample) => sample.relay === baseline);
    return relays.map((relay) => rowOf(entry, relay, ofWorkload, base));
  });
}

function rowOf(entry: WorkloadEntry, relay: string, ofWorkload: Sample[], base: Sample[]): Row {
  const own = ofWorkload.filter((sample) => sample.relay === relay);
  const middle = (name: NumberName): number | null => median(own.map(({ measurement }) => measurement[name]));
  const values = own.flatMap(({ measurement }) => measurement[entry.figure] ?? []);
  const value = median(values);
  const shares = own.map(({ measurement }) => measurement.driverShare ?? 0);
  return {
    workload: entry.name,
    relay,
    figure: entry.figure,
    lessIsBetter: entry.lessIsBetter === true,
    value,
    ratio: ratioOf(own, base, entry.figure),
    spread: value === null ? null : (Math.max(...values) - Math.min(...values)) / value,
    cpuPerMillion: middle('cpuPerMillion'),
    cpuRatio: ratioOf(own, base, 'cpuPerMillion'),
    perSecond: middle('perSecond'),
    p50Ms: middle('p50Ms'),
    p99Ms: middle('p99Ms'),
    relayShare: middle('relayShare'),
    driverShare: Math.max(...shares) || null,
    ok: value !== null && own.every(isSound),
    notes: [...own.flatMap(notesOf), ...engineNote(middle('enginePerMillion'))],
  };
}

/** A run counts if it could be made and nothing was lost, reordered, changed or sent to somebody else. */
export function isSound(sample: Sample): boolean {
  return sample.error === undefined && isFlawless(sample.measurement.faults);
}

function notesOf({ measurement, error }: Sample): string[] {
  const silent = measurement.messages === 0 ? 'nothing came while it was measured' : undefined;
  const notes = [error, silent, describeFaults(measurement.faults), measurement.note];
  return notes.filter((note) => note !== undefined && note !== '') as string[];
}

function engineNote(cost: number | null): string[] {
  return cost === null ? [] : [`and the engine ${cost.toFixed(2)} cpu s/M`];
}

function ratioOf(own: Sample[], base: Sample[], name: NumberName): number | null {
  const ratios = own.map(({ round, measurement }) => {
    const other = base.find((sample) => sample.round === round)?.measurement[name];
    const mine = measurement[name];
    return mine === undefined || other === undefined || other === 0 ? undefined : mine / other;
  });
  return median(ratios);
}

/** Of those that are there; null if none is. */
export function median(values: readonly (number | undefined)[]): number | null {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
