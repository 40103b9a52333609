/** Boxes with round corners, out of arcs: the canvas of a television made before 2024 has no `roundRect`. */

/** The radius of all corners, or of each from the upper left one clockwise. */
export type Corners = number | readonly [number, number, number, number];

/** Begins a path around the box. No two corners may be larger together than the side between them. */
export function roundedBox(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  corners: Corners,
): void {
  const [upperLeft, upperRight, lowerRight, lowerLeft] =
    typeof corners === 'number' ? [corners, corners, corners, corners] : corners;
  const [right, bottom] = [x + width, y + height];
  context.beginPath();
  context.moveTo(x + upperLeft, y);
  context.arcTo(right, y, right, bottom, upperRight);
  context.arcTo(right, bottom, x, bottom, lowerRight);
  context.arcTo(x, bottom, x, y, lowerLeft);
  context.arcTo(x, y, right, y, upperLeft);
  context.closePath();
}
