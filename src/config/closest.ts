/** Which name somebody meant who typed another one. */

/** The known name that a mistyped one resembles most, if any comes near it or begins with it. */
export function closest(typed: string, known: readonly string[]): string | undefined {
  const tolerance = Math.min(3, 1 + Math.floor(typed.length / 4));
  const [best] = known
    .filter((name) => Math.abs(name.length - typed.length) <= tolerance)
    .map((name) => ({ name, steps: distance(typed, name) }))
    .filter(({ steps }) => steps <= tolerance)
    .sort((a, b) => a.steps - b.steps);
  return best?.name ?? (typed.length > 1 ? known.find((name) => name.startsWith(typed)) : undefined);
}

// Levenshtein's: how many letters to insert, remove or replace.
function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = at(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1));
    }
    previous = current;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
