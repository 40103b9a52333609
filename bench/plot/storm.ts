/** Who is in again after a restart: the share of the phones that each relay has let in, against time. */
import type { Report } from '../results.js';
import { median } from '../summary.js';
import { colourOf, curve, legend, line, svg, text } from './chart.js';

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 60;
const RIGHT = 40;
const TOP = 72;
const BOTTOM = 60;
const GRID = 4;

export function drawStorm(report: Report): string {
  const title = 'Phones that are in again after a restart';
  const arrivals = new Map(report.relays.map(({ name }) => [name, medianArrivals(report, name)]));
  const drawn = [...arrivals.keys()].filter((name) => lastOf(arrivals.get(name)) > 0);
  const seconds = Math.max(1, ...drawn.map((name) => Math.ceil(lastOf(arrivals.get(name)) / 1000)));
  const x = (ms: number): number => LEFT + (ms / 1000 / seconds) * (WIDTH - LEFT - RIGHT);
  const y = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const label = (name: string): string => `${name}, ${(lastOf(arrivals.get(name)) / 1000).toFixed(1)} s`;
  return svg(WIDTH, HEIGHT, title, [
    text(16, 26, title, 'class="title"'),
    ...legend(report, drawn, 160, label),
    ...Array.from({ length: GRID + 1 }, (_, step) => step / GRID).flatMap((share) => [
      line(LEFT, y(share), WIDTH - RIGHT, y(share), 'grid'),
      text(LEFT - 8, y(share) + 4, `${share * 100}%`, 'class="faint" text-anchor="end"'),
    ]),
    ...Array.from({ length: seconds + 1 }, (_, second) => {
      return text(
        x(second * 1000),
        HEIGHT - BOTTOM + 18,
        String(second),
        'class="faint" text-anchor="middle"',
      );
    }),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 24, 'seconds', 'text-anchor="middle"'),
    text(16, HEIGHT - 8, `${report.when.slice(0, 10)}, ${report.machine}`, 'class="faint"'),
    ...drawn.map((name) => {
      const ms = arrivals.get(name) ?? [];
      const points = ms.map((time, index): [number, number] => [x(time), y(index / (ms.length - 1))]);
      return curve(points, colourOf(report, name), false);
    }),
  ]);
}

/** The milliseconds until each share of the phones was in: of all rounds, the median. */
function medianArrivals(report: Report, relay: string): number[] {
  const ofRelay = report.samples.filter((sample) => sample.relay === relay);
  const rounds = ofRelay.flatMap(({ measurement: { inAfterMs } }) => (inAfterMs ? [inAfterMs] : []));
  const points = Math.max(0, ...rounds.map((round) => round.length));
  return Array.from({ length: points }, (_, point) => median(rounds.map((round) => round[point])) ?? 0);
}

function lastOf(times: readonly number[] | undefined): number {
  return times?.at(-1) ?? 0;
}
