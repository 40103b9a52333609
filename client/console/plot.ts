/** One plot of the last fifteen minutes. */
import type { Sample } from '../../src/console/look.js';
import { make, write } from './dom.js';
import type { Past, Point } from './past.js';
import { area, drawing, line, shape } from './svg.js';

/** One curve. */
export interface Series {
  readonly name: keyof Sample;
  /** Empty if the plot has only one. */
  readonly label: string;
}

export class Plot {
  readonly element = make('figure', 'plot');
  private readonly top = make('span', 'top');
  private readonly curves: { series: Series; line: SVGPathElement; area: SVGPathElement; now: HTMLElement }[];

  /** @param format writes a value of the axis. */
  constructor(
    id: string,
    title: string,
    series: readonly Series[],
    private readonly format: (value: number) => string,
  ) {
    this.element.id = id;
    const picture = drawing('curves', `${title}, the last 15 minutes`);
    this.curves = series.map((one, at) => {
      const fill = shape('path', { class: `area series-${at}` });
      const curve = shape('path', { class: `line series-${at}` });
      picture.append(fill, curve);
      return { series: one, line: curve, area: fill, now: make('b') };
    });
    const legend = this.curves.map(({ series: { label }, now }, at) =>
      make('span', `key series-${at}`, now, label === '' ? '' : ` ${label}`),
    );
    const caption = make('figcaption', '', make('span', 'title', title), make('span', 'keys', ...legend));
    const axis = make('div', 'axis', make('span', '', '15 min ago'), make('span', '', 'now'));
    this.element.append(caption, make('div', 'canvas', this.top, picture), axis);
  }

  show(past: Past): void {
    const points = this.curves.map(({ series }) => past.curve(series.name));
    const top = roundUp(points.flat().reduce((most, { value }: Point) => Math.max(most, value), 0));
    write(this.top, this.format(top));
    this.curves.forEach((curve, at) => {
      curve.line.setAttribute('d', line(points[at] ?? [], top));
      curve.area.setAttribute('d', area(points[at] ?? [], top));
      write(curve.now, this.format(past.last?.[curve.series.name] ?? 0));
    });
  }
}

/** The next of 1, 2, 5, 10, 20, 50 and so on, so that the axis does not change with each look. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}
