/** Does things one after the other, a little in each turn of the event loop, so that no peer waits. */

/** Milliseconds of a turn: messages of players wait no longer for it. */
const SLICE = 4;

/** Whether enough was done in this turn. */
export type IsOver = () => boolean;

export class Pace<T> {
  private readonly waiting = new Set<T>();
  private next: NodeJS.Immediate | undefined;

  /** @param work returns false if it needs another turn: its item is then the last one again. Must not throw. */
  constructor(private readonly work: (item: T, isOver: IsOver) => boolean) {}

  /** What waits already keeps its place. */
  add(item: T): void {
    this.waiting.add(item);
    this.next ??= setImmediate(() => this.turn());
  }

  stop(): void {
    this.waiting.clear();
    clearImmediate(this.next);
    this.next = undefined;
  }

  private turn(): void {
    const end = performance.now() + SLICE;
    const isOver: IsOver = () => performance.now() >= end;
    for (const item of this.waiting) {
      this.waiting.delete(item);
      if (!this.work(item, isOver)) this.waiting.add(item);
      if (isOver()) break;
    }
    this.next = this.waiting.size > 0 ? setImmediate(() => this.turn()) : undefined;
  }
}
