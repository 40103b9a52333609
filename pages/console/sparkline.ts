/** A round trip over time, as small as a word: the line is the round trip, the band around it the jitter. */
import type { Trip } from '../../src/operator/console/look.js';
import { band, drawing, line, shape } from './svg.js';

export class Sparkline {
  readonly element = drawing('spark', 'Round trip and jitter');
  private readonly line = shape('path', { class: 'line' });
  private readonly band = shape('path', { class: 'area' });

  constructor() {
    this.element.append(this.band, this.line);
  }

  show(trips: readonly Trip[]): void {
    // One value is a line as well.
    const all = trips.length === 1 ? [...trips, ...trips] : trips;
    const top = all.reduce((most, [roundTrip, jitter]) => Math.max(most, roundTrip + jitter), 20) * 1.1;
    const points = (valueOf: (trip: Trip) => number) =>
      all.map((trip, at) => ({ x: at / (all.length - 1), value: Math.max(0, valueOf(trip)) }));
    const [low, high] = [
      points(([trip, jitter]) => trip - jitter),
      points(([trip, jitter]) => trip + jitter),
    ];
    this.line.setAttribute(
      'd',
      line(
        points(([trip]) => trip),
        top,
      ),
    );
    this.band.setAttribute('d', band(low, high, top));
  }
}
