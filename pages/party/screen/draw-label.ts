/** Under each car: its name, and how long a ping takes to its phone and back. */
import { describeLink, qualityOf } from '../shared/round-trip.js';
import { ARENA_HEIGHT } from './arena.js';
import type { Car } from './car.js';
import { roundedBox } from './rounded.js';
import type { Theme } from './theme.js';

const FONT = 'ui-rounded, system-ui, sans-serif';
const BELOW = 50;
const MARGIN = 18;

/** It stays within an arena that is `arenaWidth` wide. */
export function drawLabel(
  context: CanvasRenderingContext2D,
  car: Car,
  theme: Theme,
  arenaWidth: number,
  now: number,
): void {
  const milliseconds = car.roundTrips.current(now);
  const link = car.isAway ? 'away' : describeLink(milliseconds);
  context.save();
  context.globalAlpha = car.isAway ? 0.8 : 1;
  context.textBaseline = 'middle';
  context.font = `700 21px ${FONT}`;
  const nameWidth = context.measureText(car.name).width;
  context.font = `600 16px ${FONT}`;
  const linkWidth = context.measureText(link).width + 18;
  const width = nameWidth + linkWidth + 30;
  const left = Math.max(MARGIN, Math.min(arenaWidth - MARGIN - width, car.x - width / 2));
  const middle = car.y + (car.y + BELOW + MARGIN + 16 > ARENA_HEIGHT ? -BELOW : BELOW);

  context.fillStyle = theme.labelGround;
  pill(context, left, middle - 16, width, 32);
  context.fillStyle = theme[car.isAway ? 'unknown' : qualityOf(milliseconds)];
  pill(context, left + width - linkWidth - 5, middle - 11, linkWidth, 22);
  context.fillStyle = '#101418';
  context.fillText(link, left + width - linkWidth + 4, middle + 1);
  context.fillStyle = theme.label;
  context.font = `700 21px ${FONT}`;
  context.fillText(car.name, left + 15, middle + 1);
  context.restore();
}

function pill(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  roundedBox(context, x, y, width, height, height / 2);
  context.fill();
}
