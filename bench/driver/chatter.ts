/** Players who begin to send one after the other, each at the same steady rate from then on. */
import type { Stream } from './stream.js';

/** Their turns are spread over the milliseconds between two messages of one of them, so that the load is even. */
export class Chatter {
  private readonly turns: Stream[][];
  private timer: NodeJS.Timeout | undefined;
  private begin = 0;
  private joined = 0;
  private passed = 0;

  constructor(perSecond: number) {
    this.turns = Array.from({ length: Math.max(1, Math.round(1000 / perSecond)) }, () => []);
  }

  start(): void {
    this.begin = performance.now();
    this.timer = setInterval(() => this.catchUp(), 1);
  }

  join(stream: Stream): void {
    this.turns[this.joined++ % this.turns.length]?.push(stream);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private catchUp(): void {
    const due = performance.now() - this.begin;
    for (; this.passed < due; this.passed++) {
      const turn = this.turns[this.passed % this.turns.length] ?? [];
      for (const stream of turn) if (stream.queue(1)) stream.sender.flush();
    }
  }
}
