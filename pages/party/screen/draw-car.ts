/** One toy car, seen from above, its nose to the right before it is turned. */
import { colourOf } from '../shared/colours.js';
import { angleBetween } from './physics.js';
import { type Corners, roundedBox } from './rounded.js';
import type { Car } from './car.js';
import type { Theme } from './theme.js';

const LENGTH = 78;
const WIDTH = 42;
const GLASS = '#1b2a3a';
/** None of the paints to choose from: the phone of a grey car is away. */
const AWAY_PAINT = '#9aa1a8';

/** `isLeader` puts a star on the roof. A car whose phone is away is grey, and its lights are off. */
export function drawCar(context: CanvasRenderingContext2D, car: Car, theme: Theme, isLeader: boolean): void {
  context.save();
  context.globalAlpha = car.isAway ? 0.6 : 1;
  context.translate(car.x + 5, car.y + 8);
  context.rotate(car.heading);
  context.fillStyle = theme.shadow;
  box(context, -LENGTH / 2, -WIDTH / 2, LENGTH, WIDTH, 14);
  context.restore();

  context.save();
  context.translate(car.x, car.y);
  context.rotate(car.heading);
  if (!car.isAway) drawBeams(context, theme);
  drawWheels(context, steeringAngle(car));
  drawBody(context, car.isAway ? AWAY_PAINT : colourOf(car.colour).paint);
  if (!car.isAway) drawLights(context);
  if (isLeader) drawStar(context, -6, 0, 10, '#ffd23f');
  context.restore();
}

/** A five-pointed star around a point. */
export function drawStar(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  fill: string,
): void {
  context.beginPath();
  for (let corner = 0; corner < 10; corner++) {
    const reach = corner % 2 === 0 ? radius : radius * 0.5;
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    context.lineTo(x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  context.closePath();
  context.fillStyle = fill;
  context.strokeStyle = '#8a5a00';
  context.lineJoin = 'round';
  context.lineWidth = Math.max(1.5, radius / 9);
  context.fill();
  context.stroke();
}

function steeringAngle({ stick, heading }: Car): number {
  if (Math.hypot(stick.x, stick.y) < 0.05) return 0;
  const turn = angleBetween(heading, Math.atan2(stick.y, stick.x));
  return Math.max(-0.5, Math.min(0.5, turn));
}

function drawBeams(context: CanvasRenderingContext2D, theme: Theme): void {
  if (theme.headlight === 'transparent') return;
  const beam = context.createLinearGradient(LENGTH / 2, 0, LENGTH / 2 + 120, 0);
  beam.addColorStop(0, theme.headlight);
  beam.addColorStop(1, 'transparent');
  context.fillStyle = beam;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(LENGTH / 2 - 4, side * 11);
    context.lineTo(LENGTH / 2 + 120, side * 11 - 26);
    context.lineTo(LENGTH / 2 + 120, side * 11 + 26);
    context.fill();
  }
}

function drawWheels(context: CanvasRenderingContext2D, steering: number): void {
  context.fillStyle = '#14161a';
  for (const side of [-1, 1]) {
    box(context, -30, (side * WIDTH) / 2 - 5, 18, 10, 4);
    context.save();
    context.translate(20, (side * WIDTH) / 2);
    context.rotate(steering);
    box(context, -9, -5, 18, 10, 4);
    context.restore();
  }
}

function drawBody(context: CanvasRenderingContext2D, paint: string): void {
  context.fillStyle = paint;
  box(context, -LENGTH / 2, -WIDTH / 2, LENGTH, WIDTH, [12, 17, 17, 12]);
  context.strokeStyle = 'rgb(0 0 0 / 35%)';
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = 'rgb(255 255 255 / 30%)';
  box(context, 14, -WIDTH / 2 + 5, 19, 5, 3);
  box(context, 14, WIDTH / 2 - 10, 19, 5, 3);
  context.fillStyle = GLASS;
  box(context, -27, -WIDTH / 2 + 5, 40, WIDTH - 10, [9, 12, 12, 9]);
  context.fillStyle = paint;
  box(context, -19, -WIDTH / 2 + 7, 22, WIDTH - 14, 6);
  context.fillStyle = 'rgb(255 255 255 / 22%)';
  box(context, -19, -WIDTH / 2 + 7, 22, WIDTH - 14, 6);
}

function drawLights(context: CanvasRenderingContext2D): void {
  context.fillStyle = '#fff6cf';
  box(context, LENGTH / 2 - 7, -WIDTH / 2 + 5, 5, 9, 2.5);
  box(context, LENGTH / 2 - 7, WIDTH / 2 - 14, 5, 9, 2.5);
  context.fillStyle = '#a3151f';
  box(context, -LENGTH / 2 + 1, -WIDTH / 2 + 5, 4, 9, 2);
  box(context, -LENGTH / 2 + 1, WIDTH / 2 - 14, 4, 9, 2);
}

function box(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  corners: Corners,
): void {
  roundedBox(context, x, y, width, height, corners);
  context.fill();
}
