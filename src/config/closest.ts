/** Which known name a mistyped one stands for. */

/** Names among which one is looked for again and again: those that are nothing like it cost next to nothing. */
export class Names {
  private readonly letters: readonly number[];

  constructor(private readonly known: readonly string[]) {
    this.letters = known.map(lettersOf);
  }

  /** The known name that a mistyped one resembles most, if any comes near it or begins with it. */
  closest(typed: string): string | undefined {
    const letters = lettersOf(typed);
    let limit = Math.min(3, 1 + Math.floor(typed.length / 4));
    let best: string | undefined;
    this.known.forEach((name, at) => {
      // A step changes one letter, and the length by one.
      if (Math.abs(name.length - typed.length) > limit) return;
      if (differences(letters, this.letters[at]!) > limit) return;
      const steps = distance(typed, name, limit);
      if (steps > limit) return;
      best = name;
      // Of several that are as near the first counts.
      limit = steps - 1;
    });
    return best ?? (typed.length > 1 ? this.known.find((name) => name.startsWith(typed)) : undefined);
  }
}

export function closest(typed: string, known: readonly string[]): string | undefined {
  return new Names(known).closest(typed);
}

/** A bit for each letter that is in the name; several letters share one. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let at = 0; at < name.length; at++) letters |= 1 << (name.charCodeAt(at) & 31);
  return letters;
}

/** The least number of steps: letters that one name has and the other has not. */
function differences(one: number, other: number): number {
  return Math.max(bitsIn(one & ~other), bitsIn(other & ~one));
}

function bitsIn(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Levenshtein's: how many letters to insert, remove or replace; any number above `limit` if they are more than that. */
function distance(from: string, to: string, limit: number): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= to.length; column++) {
      const isSame = from.charCodeAt(row - 1) === to.charCodeAt(column - 1);
      const replaced = previous[column - 1]! + (isSame ? 0 : 1);
      const steps = Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1);
      current.push(steps);
      least = Math.min(least, steps);
    }
    if (least > limit) return least;
    previous = current;
  }
  return previous[to.length]!;
}
