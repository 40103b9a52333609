/** `npm run bench`: relays side by side, and a table of what they can do. */
import { cpus, loadavg, release, totalmem } from 'node:os';
import { readOptions, usage, type BenchOptions } from './options.js';
import { withinProject } from './paths.js';
import { plot } from './plot/plot.js';
import { Progress } from './progress.js';
import { findPeers, type Relay } from './relays.js';
import { loadReport, saveReport, type Report } from './results.js';
import { runRounds } from './rounds.js';
import { summarize } from './summary.js';
import { formatReport } from './table.js';

function describeMachine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model.trim() ?? '?'}, ${cpus().length} cores, ${memory} GiB, ${process.platform} ${release()}`;
}

async function bench(options: BenchOptions): Promise<Report> {
  const given = options.relays.map((relay): Relay => ({ ...relay, dialect: 'carparty' }));
  const relays = [...findPeers(options.peers), ...given];
  const progress = new Progress();
  const when = new Date();
  const [loadBefore = NaN] = loadavg();
  const samples = await runRounds(options, relays, (text, done, of) => progress.show(text, done, of));
  progress.clear();
  const names = relays.map((relay) => relay.name);
  return {
    when: when.toISOString(),
    machine: describeMachine(),
    cores: cpus().length,
    node: process.version,
    load: [loadBefore, loadavg()[0] ?? NaN],
    mode: options.mode,
    rounds: 1 + Math.max(...samples.map((sample) => sample.round)),
    measureMs: options.measureMs,
    tookSeconds: Math.round((Date.now() - when.getTime()) / 1000),
    baseline: options.baseline,
    relays: relays.map(({ name, command }) => ({ name, command: withinProject(command) })),
    rows: summarize(samples, options.workloads, names, options.baseline),
    samples,
  };
}

/** The exit status: 0, or 3 if anything was lost, reordered or changed. */
async function main(options: BenchOptions): Promise<number> {
  if (options.plot) {
    console.log(plot(loadReport(options.json)).join('\n'));
    return 0;
  }
  const report = await bench(options);
  console.log(formatReport(report));
  console.log(saveReport(report, options.json));
  return report.rows.every((row) => row.ok) ? 0 : 3;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));
try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(usage);
  else process.exitCode = await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
