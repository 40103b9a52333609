/** How many times better than the baseline: one bar for each workload and relay. */
import type { Report, Row } from '../results.js';
import { bar, colourOf, legend, line, svg, text } from './chart.js';

const WIDTH = 720;
const LEFT = 130;
const RIGHT = 60;
const TOP = 64;
const BAR = 12;
const GAP = 14;

const measures: Partial<Record<Row['figure'], string>> = {
  cpuPerMillion: 'CPU',
  p50Ms: 'latency',
  bytesPerConnection: 'memory',
};

export function drawRatios(report: Report): string {
  const relays = report.relays.map((relay) => relay.name).filter((name) => name !== report.baseline);
  const names = [...new Set(report.rows.filter(isShown).map((row) => row.workload))];
  const better = (workload: string, relay: string): number => {
    return betterness(report.rows.find((row) => row.workload === workload && row.relay === relay));
  };
  const most = Math.max(2, ...names.flatMap((name) => relays.map((relay) => better(name, relay))));
  const x = (ratio: number): number => LEFT + (ratio / most) * (WIDTH - LEFT - RIGHT);
  const step = relays.length * (BAR + 2) + GAP;
  const bottom = TOP + names.length * step;
  const title = `Times better than ${report.baseline}`;
  const parts = [text(16, 26, title, 'class="title"'), ...legend(report, relays, 120)];
  for (let ratio = 0; ratio <= most; ratio++) {
    parts.push(line(x(ratio), TOP - 6, x(ratio), bottom, ratio === 1 ? 'mark' : 'grid'));
    parts.push(text(x(ratio), bottom + 14, String(ratio), 'class="faint" text-anchor="middle"'));
  }
  names.forEach((name, index) => {
    const y = TOP + index * step;
    parts.push(text(LEFT - 8, y + (step - GAP) / 2 + 4, label(report, name), 'text-anchor="end"'));
    relays.forEach((relay, place) => {
      const ratio = better(name, relay);
      const top = y + place * (BAR + 2);
      parts.push(bar(x(0), top, x(ratio) - x(0), BAR, colourOf(report, relay)));
      parts.push(text(x(ratio) + 5, top + BAR - 2, ratio.toFixed(ratio < 10 ? 1 : 0), 'class="faint"'));
    });
  });
  parts.push(text(16, bottom + 38, `${report.when.slice(0, 10)}, ${report.machine}`, 'class="faint"'));
  return svg(WIDTH, bottom + 50, title, parts);
}

// What is told better by a table or by another picture.
function isShown(row: Row): boolean {
  return !/ |stalled|storm|memory-return/.test(row.workload);
}

function betterness(row: Row | undefined): number {
  const ratio = row?.ratio ?? 0;
  return row?.lessIsBetter === true && ratio > 0 ? 1 / ratio : ratio;
}

function label(report: Report, workload: string): string {
  const figure = report.rows.find((row) => row.workload === workload)?.figure;
  const measure = figure && measures[figure];
  return measure === undefined ? workload : `${workload}, ${measure}`;
}
