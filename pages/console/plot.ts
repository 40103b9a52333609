/** One plot of the last fifteen minutes; under a pointer it tells of that moment instead of now. */
import type { Sample } from '../../src/operator/console/look.js';
import { make, write } from './dom.js';
import { duration } from './numbers.js';
import { type Past, type Point, SECONDS } from './past.js';
import { area, drawing, line, shape } from './svg.js';

/** One curve. */
export interface Series {
  readonly name: keyof Sample;
  /** Empty if the plot has only one. */
  readonly label: string;
}

interface Curve {
  readonly series: Series;
  readonly line: SVGPathElement;
  readonly area: SVGPathElement;
  readonly value: HTMLElement;
  points: readonly Point[];
}

export class Plot {
  readonly element = make('figure', 'plot');
  private readonly top = make('span', 'top');
  private readonly moment = make('span', '', 'now');
  private readonly marker = make('span', 'marker');
  private readonly curves: Curve[];
  private past: Past | undefined;
  /** Where the pointer is: 0 is fifteen minutes ago, 1 is now. */
  private pointed: number | undefined;

  /** @param format writes a value of the axis, and `unit` is what is written as 1. */
  constructor(
    id: string,
    title: string,
    series: readonly Series[],
    private readonly format: (value: number) => string,
    private readonly unit = 1,
  ) {
    this.element.id = id;
    const picture = drawing('curves', `${title}, the last 15 minutes`);
    this.curves = series.map((one, at) => ({
      series: one,
      line: shape('path', { class: `line series-${at}` }),
      area: shape('path', { class: `area series-${at}` }),
      value: make('b'),
      points: [],
    }));
    picture.append(...this.curves.flatMap((curve) => [curve.area, curve.line]));
    const keys = this.curves.map(({ series: { label }, value }, at) =>
      make('span', `key series-${at}`, value, label === '' ? '' : ` ${label}`),
    );
    const caption = make('figcaption', '', make('span', 'title', title), make('span', 'keys', ...keys));
    const canvas = make('div', 'canvas', this.top, this.marker, picture);
    this.followPointer(canvas);
    this.element.append(caption, canvas, make('div', 'axis', make('span', '', '15 min ago'), this.moment));
  }

  show(past: Past): void {
    this.past = past;
    for (const curve of this.curves) curve.points = past.curve(curve.series.name);
    const all = this.curves.flatMap(({ points }) => points);
    const highest = all.reduce((most, { value }) => Math.max(most, value), 0);
    const top = roundUp(highest / this.unit) * this.unit;
    write(this.top, this.format(top));
    for (const curve of this.curves) {
      curve.line.setAttribute('d', line(curve.points, top));
      curve.area.setAttribute('d', area(curve.points, top));
    }
    this.tell();
  }

  private followPointer(canvas: HTMLElement): void {
    const follow = (x: number | undefined): void => {
      this.pointed = x;
      this.tell();
    };
    canvas.addEventListener('pointermove', ({ clientX }) => {
      const { left, width } = canvas.getBoundingClientRect();
      follow(Math.min(1, Math.max(0, (clientX - left) / width)));
    });
    canvas.addEventListener('pointerleave', () => follow(undefined));
  }

  private tell(): void {
    const x = this.pointed;
    this.marker.hidden = x === undefined;
    this.marker.style.left = `${(x ?? 1) * 100}%`;
    write(this.moment, x === undefined ? 'now' : `${duration((1 - x) * SECONDS * 1_000)} ago`);
    for (const { series, points, value } of this.curves) {
      write(value, this.format(x === undefined ? (this.past?.last?.[series.name] ?? 0) : valueAt(points, x)));
    }
  }
}

/** 0 where nothing was measured. */
function valueAt(points: readonly Point[], x: number): number {
  return points.filter((point) => point.x <= x).at(-1)?.value ?? 0;
}

/** The next of 1, 2, 5, 10, 20, 50 and so on, so that the axis does not change with each look. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}
