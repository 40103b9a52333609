/** Which lines of a log were written lately, so that what happens again and again does not fill it. */

/** Milliseconds in which a line is written once. */
const WINDOW = 60_000;

export class Said {
  /** When each line was written, in that order. */
  private readonly at = new Map<string, number>();
  private leftOut = 0;

  /**
   * @param now milliseconds of a monotonic clock.
   * @param most lines that are written in a {@link WINDOW}.
   */
  constructor(
    private readonly now: () => number,
    private readonly most: number,
  ) {}

  /** The line as it is to be written, with how many were left out before it; undefined if it is left out. */
  tell(line: string): string | undefined {
    const now = this.now();
    for (const [other, at] of this.at) if (now - at >= WINDOW) this.at.delete(other);
    if (this.at.has(line) || this.at.size >= this.most) {
      this.leftOut++;
      return undefined;
    }
    this.at.set(line, now);
    const { leftOut } = this;
    this.leftOut = 0;
    return leftOut === 0 ? line : `${line} (${leftOut} lines of the last minute were left out before)`;
  }
}
