// The relay's side of a seat in the model: its stream, and what of that is kept.
import type { Said, Welcome } from '../witness.js';
import type { Flaw } from './flaws.js';
import type { Link } from './link.js';

export class SeatModel {
  link: Link | undefined = undefined;
  /** Messages that were taken of the peer. */
  taken = 0;
  private stream = '';
  private sent = 0;
  private tail: { readonly number: number; readonly said: Said }[] = [];

  /** @param most messages that are kept. */
  constructor(
    private readonly most: number,
    private readonly flaw: Flaw,
    private readonly newName: () => string,
  ) {
    this.begin(newName());
  }

  say(said: Said): void {
    this.tail.push({ number: ++this.sent, said });
    if (this.tail.length > this.most) this.tail = this.flaw === 'forgets all' ? [] : this.tail.slice(1);
    this.link?.down.push(said);
  }

  ping(): void {
    this.link?.down.push({ kind: 'ping', mark: this.sent });
  }

  pong(mark: number): void {
    const upTo = this.flaw === 'early pong' ? mark + 2 : mark;
    this.tail = this.tail.filter(({ number }) => number > upTo);
  }

  /** Ends the connection that there is. Without an ending the peer hears nothing of it. */
  letGo(ending: string | undefined): void {
    this.link?.drop(ending);
    this.link = undefined;
  }

  /** The seat is the link's. Returns whether its stream goes on. */
  take(link: Link, asked: { stream: string | undefined; got: number }, isHostAway: boolean): boolean {
    const isOwn = asked.stream === this.stream;
    this.letGo(isOwn ? undefined : 'replaced');
    this.link = link;
    const resumed = isOwn && this.reaches(asked.got);
    if (!resumed) this.begin(isOwn && this.flaw === 'same name' ? this.stream : this.newName());
    const got = this.flaw === 'no got' ? 0 : this.taken;
    const welcome: Welcome = { stream: this.stream, resumed, got, isHostAway };
    link.down.push({ kind: 'welcome', welcome });
    for (const { number, said } of this.tail)
      if (number > asked.got || this.flaw === 'sends all') link.down.push(said);
    return resumed;
  }

  private begin(stream: string): void {
    this.stream = stream;
    this.taken = this.sent = 0;
    this.tail = [];
  }

  private reaches(got: number): boolean {
    const first = this.tail[0]?.number ?? this.sent + 1;
    return got <= this.sent && (this.flaw === 'no floor' || got + 1 >= first);
  }
}
