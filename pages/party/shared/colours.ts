/** The paints to choose from: apart from each other for most eyes, and bright enough for asphalt by day and night. */

export interface Colour {
  /** What a screen reader says. */
  readonly name: string;
  readonly paint: string;
}

const FIRST: Colour = { name: 'red', paint: '#f0433a' };

export const COLOURS: readonly Colour[] = [
  FIRST,
  { name: 'sky blue', paint: '#3aa0ff' },
  { name: 'yellow', paint: '#ffd02e' },
  { name: 'green', paint: '#35c46a' },
  { name: 'pink', paint: '#ff6fb5' },
  { name: 'orange', paint: '#ff8f1f' },
  { name: 'purple', paint: '#9a6bff' },
  { name: 'turquoise', paint: '#22d3d3' },
  { name: 'white', paint: '#f5f3ee' },
  { name: 'lime', paint: '#b6e332' },
  { name: 'navy', paint: '#3d56c9' },
  { name: 'brown', paint: '#b4713f' },
];

/** Any index has a colour. */
export function colourOf(index: number): Colour {
  return COLOURS[index % COLOURS.length] ?? FIRST;
}
