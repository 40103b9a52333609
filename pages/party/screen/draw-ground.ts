/** What does not move: asphalt, kerbs, road markings, tyre stacks. Drawn once, whenever the size changes. */
import type { Arena } from './arena.js';
import type { Circle } from './physics.js';
import { roundedBox } from './rounded.js';
import type { Theme } from './theme.js';

const KERB = 14;
const KERB_BLOCK = 44;
const SPECKS = 1_400;

export function drawGround(context: CanvasRenderingContext2D, arena: Arena, theme: Theme): void {
  const { width, height } = arena;
  const light = context.createRadialGradient(width / 2, height / 2, 100, width / 2, height / 2, width * 0.62);
  light.addColorStop(0, theme.ground);
  light.addColorStop(1, theme.groundEdge);
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
  drawSpecks(context, width, height, theme);
  drawMarkings(context, width, height, theme);
  drawKerbs(context, width, height, theme);
  for (const stack of arena.tyres) {
    drawIsland(context, stack, theme);
    drawTyres(context, stack, theme);
  }
}

function drawSpecks(context: CanvasRenderingContext2D, width: number, height: number, theme: Theme): void {
  context.fillStyle = theme.paint;
  for (let speck = 0; speck < SPECKS; speck++) {
    context.globalAlpha = 0.03 + Math.random() * 0.07;
    const size = 1 + Math.random() * 2;
    context.fillRect(Math.random() * width, Math.random() * height, size, size);
  }
  context.globalAlpha = 1;
}

/** A dashed oval to race on, and a starting grid for decoration. */
function drawMarkings(context: CanvasRenderingContext2D, width: number, height: number, theme: Theme): void {
  context.save();
  context.strokeStyle = theme.paint;
  context.globalAlpha = 0.55;
  context.lineWidth = 6;
  context.setLineDash([38, 30]);
  roundedBox(context, width * 0.13, height * 0.15, width * 0.74, height * 0.7, height * 0.3);
  context.stroke();
  context.setLineDash([]);
  circle(context, width / 2, height / 2, 105);
  circle(context, width / 2, height / 2, 88);
  drawChequers(context, width / 2 - 24, height * 0.85 - 36, theme);
  context.restore();
}

function drawChequers(context: CanvasRenderingContext2D, left: number, top: number, theme: Theme): void {
  context.fillStyle = theme.paint;
  for (let row = 0; row < 6; row++) {
    for (let column = row % 2; column < 4; column += 2) {
      context.fillRect(left + column * 12, top + row * 12, 12, 12);
    }
  }
}

function drawKerbs(context: CanvasRenderingContext2D, width: number, height: number, theme: Theme): void {
  const along = (length: number, block: (from: number, size: number) => void): void => {
    const blocks = Math.round(length / KERB_BLOCK);
    const size = length / blocks;
    for (let index = 0; index < blocks; index++) {
      context.fillStyle = index % 2 === 0 ? theme.kerbA : theme.kerbB;
      block(index * size, size + 0.5);
    }
  };
  along(width, (x, size) => {
    context.fillRect(x, 0, size, KERB);
    context.fillRect(x, height - KERB, size, KERB);
  });
  along(height, (y, size) => {
    context.fillRect(0, y, KERB, size);
    context.fillRect(width - KERB, y, KERB, size);
  });
}

/** A round of grass with a kerb, for the tyres to stand on; cars may cross it. */
function drawIsland(context: CanvasRenderingContext2D, { x, y, radius }: Circle, theme: Theme): void {
  const size = radius * 2.3;
  context.fillStyle = theme.grass;
  disc(context, x, y, size);
  context.strokeStyle = theme.grassEdge;
  context.lineWidth = 3;
  for (const ring of [0.82, 0.64]) circle(context, x, y, size * ring);
  context.lineWidth = 9;
  context.strokeStyle = theme.kerbB;
  circle(context, x, y, size);
  context.strokeStyle = theme.kerbA;
  context.setLineDash([(Math.PI * size) / 12, (Math.PI * size) / 12]);
  circle(context, x, y, size);
  context.setLineDash([]);
}

function drawTyres(context: CanvasRenderingContext2D, { x, y, radius }: Circle, theme: Theme): void {
  context.fillStyle = theme.shadow;
  disc(context, x + 6, y + 9, radius);
  context.fillStyle = theme.tyre;
  disc(context, x, y, radius);
  context.strokeStyle = theme.tyreEdge;
  context.lineWidth = 3;
  for (const ring of [0.92, 0.72]) circle(context, x, y, radius * ring);
  context.fillStyle = theme.kerbA;
  disc(context, x, y, radius * 0.5);
  context.fillStyle = theme.kerbB;
  disc(context, x, y, radius * 0.26);
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
}
