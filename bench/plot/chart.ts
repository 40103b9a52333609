/** Pieces of SVG. By hand, since three still pictures need no charting library among the dependencies. */

import type { Report } from '../results.js';

/** The colours of relays, light and dark; further relays share the last. */
const style = `
  svg { --ink: #1f2328; --faint: #59636e; --grid: #d8dee4; --c0: #0969da; --c1: #8c6d1f; --c2: #818b98; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6edf3; --faint: #9198a1; --grid: #30363d; --c0: #58a6ff; --c1: #d4a72c; --c2: #848d97; }
  }
  text { font: 12px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 15px; font-weight: 600; }
  .faint { fill: var(--faint); }
  .grid { stroke: var(--grid); }
  .mark { stroke: var(--faint); }
  path { fill: none; stroke-width: 2; }`;

const COLOURS = ['var(--c0)', 'var(--c1)', 'var(--c2)'] as const;

/** The same relay has the same colour in every picture of a report. */
export function colourOf(report: Report, relay: string): string {
  const index = report.relays.findIndex(({ name }) => name === relay);
  return COLOURS[Math.min(index, COLOURS.length - 1)] ?? COLOURS[0];
}

export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="${escape(title)}">`;
  return [head, `<style>${style}\n</style>`, ...parts, '</svg>', ''].join('\n');
}

export function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${at(x)}" y="${at(y)}"${space(attributes)}>${escape(content)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: 'grid' | 'mark'): string {
  return `<line class="${kind}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;
}

export function bar(x: number, y: number, width: number, height: number, colour: string): string {
  const place = `x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"`;
  return `<rect ${place} rx="2" fill="${colour}"/>`;
}

export function curve(points: readonly [x: number, y: number][], colour: string, dashed: boolean): string {
  const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join(' ');
  return `<path d="${path}" stroke="${colour}"${dashed ? ' stroke-dasharray="3 4"' : ''}/>`;
}

const SWATCH = 12;

/** What the colours stand for, in the line below the title; `step` is the room for one. */
export function legend(
  report: Report,
  relays: readonly string[],
  step: number,
  label = (relay: string): string => relay,
): string[] {
  return relays.flatMap((relay, index) => [
    bar(16 + index * step, 37, SWATCH, SWATCH, colourOf(report, relay)),
    text(34 + index * step, 47, label(relay)),
  ]);
}

function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function space(attributes: string): string {
  return attributes === '' ? '' : ` ${attributes}`;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
