/** Latency against load: parties that grow in number until a relay can take no more. */
import type { Report, Row } from '../results.js';
import { BUSY } from '../table.js';
import { colourOf, curve, line, svg, text } from './chart.js';

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 60;
const RIGHT = 90;
const TOP = 64;
const BOTTOM = 60;
/** The share of a core from which on a relay is taken to be at its limit. */
const SATURATED = 0.9;

interface Point {
  rooms: number;
  p50: number;
  p99: number;
}

interface Label {
  name: string;
  colour: string;
  x: number;
  y: number;
}

interface Scale {
  x: (rooms: number) => number;
  y: (ms: number) => number;
  /** The powers of ten between which all latencies lie. */
  lowest: number;
  highest: number;
}

export function drawLatency(report: Report): string {
  const title = 'Latency of parties of eight, in milliseconds';
  const points = report.relays.flatMap(({ name }) => pointsOf(report.rows, name));
  const scale = scaleFor(points);
  const rooms = [...new Set(points.map((point) => point.rooms))];
  return svg(WIDTH, HEIGHT, title, [
    text(16, 26, title, 'class="title"'),
    text(16, 47, 'solid: p99, dashed: p50', 'class="faint"'),
    ...grid(scale),
    ...rooms.map((count) => {
      return text(scale.x(count), HEIGHT - BOTTOM + 18, String(count), 'class="faint" text-anchor="middle"');
    }),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 24, 'rooms', 'text-anchor="middle"'),
    text(16, HEIGHT - 8, `${report.when.slice(0, 10)}, ${report.machine}`, 'class="faint"'),
    ...curves(report, scale),
  ]);
}

function scaleFor(points: readonly Point[]): Scale {
  const mostRooms = Math.max(1, ...points.map((point) => point.rooms));
  const lowest = Math.floor(Math.log10(Math.min(1, ...points.map((point) => point.p50))));
  const highest = Math.ceil(Math.log10(Math.max(10, ...points.map((point) => point.p99))));
  const x = (rooms: number): number => LEFT + (rooms / mostRooms) * (WIDTH - LEFT - RIGHT);
  const y = (ms: number): number => {
    const share = (Math.log10(ms) - lowest) / (highest - lowest);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  };
  return { x, y, lowest, highest };
}

function curves(report: Report, { x, y }: Scale): string[] {
  const parts: string[] = [];
  const labels: Label[] = [];
  for (const { name } of report.relays) {
    const points = pointsOf(report.rows, name);
    const last = points.at(-1);
    if (last === undefined) continue;
    const colour = colourOf(report, name);
    const p99 = points.map((point): [number, number] => [x(point.rooms), y(point.p99)]);
    const p50 = points.map((point): [number, number] => [x(point.rooms), y(point.p50)]);
    parts.push(curve(p99, colour, false), curve(p50, colour, true));
    labels.push({ name, colour, x: x(last.rooms) + 6, y: y(last.p99) + 4 });
  }
  return [...parts, ...apart(labels)];
}

/** The names at the ends of the curves, none upon another. */
function apart(labels: Label[]): string[] {
  let lowest = -Infinity;
  return labels
    .sort((a, b) => a.y - b.y)
    .map(({ name, colour, x, y }) => {
      lowest = Math.max(y, lowest + 14);
      return text(x, lowest, name, `style="fill: ${colour}"`);
    });
}

function grid({ lowest, highest, y }: Scale): string[] {
  const powers = Array.from({ length: highest - lowest + 1 }, (_, index) => 10 ** (lowest + index));
  return powers.flatMap((ms) => [
    line(LEFT, y(ms), WIDTH - RIGHT, y(ms), 'grid'),
    text(LEFT - 8, y(ms) + 4, String(ms), 'class="faint" text-anchor="end"'),
  ]);
}

function pointsOf(rows: readonly Row[], relay: string): Point[] {
  return rows.flatMap((row) => {
    const rooms = Number(/^load (\d+)$/.exec(row.workload)?.[1]);
    if (row.relay !== relay || Number.isNaN(rooms) || row.p50Ms === null || row.p99Ms === null) return [];
    // A busy driver before a relay that is not: the driver would be in the picture.
    if ((row.driverShare ?? 0) > BUSY && (row.relayShare ?? 0) < SATURATED) return [];
    return { rooms, p50: row.p50Ms, p99: row.p99Ms };
  });
}
