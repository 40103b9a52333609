/** Curves as SVG. */
import type { Point } from './past.js';

/** Units of all drawings; they are stretched to their place. */
export const WIDTH = 300;
export const HEIGHT = 100;

export function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** An empty drawing that fills its place; curves keep their width however it is stretched. */
export function drawing(className: string, label: string): SVGSVGElement {
  return shape('svg', {
    ...{ class: className, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none' },
    ...{ role: 'img', 'aria-label': label },
  });
}

/** The path of a curve below `top`. */
export function line(points: readonly Point[], top: number): string {
  return points.map(({ x, value }, at) => `${at === 0 ? 'M' : 'L'}${place(x, value, top)}`).join('');
}

/** The same, closed down to zero. */
export function area(points: readonly Point[], top: number): string {
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined) return '';
  return `${line(points, top)}L${place(last.x, 0, top)}L${place(first.x, 0, top)}Z`;
}

/** Between two curves. */
export function band(low: readonly Point[], high: readonly Point[], top: number): string {
  if (low.length === 0) return '';
  return `${line(high, top)}${line([...low].reverse(), top).replace('M', 'L')}Z`;
}

function place(x: number, value: number, top: number): string {
  return `${(x * WIDTH).toFixed(1)} ${((1 - Math.min(1, value / top)) * HEIGHT).toFixed(1)}`;
}
