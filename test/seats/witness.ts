// What a game and a phone may be told in which order: the promises of chapter R as their scripts see them.

export type Role = 'host' | 'phone';

/** What only checkers look at in a message: its speaker's life, and its number in that, from 1. */
export interface Label {
  readonly life: number;
  readonly n: number;
}

/** What counts in a stream. To a host the words are about its player, to a phone about its host. */
export type Said =
  | { readonly kind: 'message'; readonly label: Label }
  | { readonly kind: 'connect' | 'disconnect' | 'away' }
  | { readonly kind: 'back'; readonly resumed: boolean };

export interface Welcome {
  readonly stream: string;
  readonly resumed: boolean;
  readonly got: number;
  /** Whether it says that the host is away. */
  readonly isHostAway: boolean;
}

export interface Witness {
  /** The last message of the other side. */
  readonly last: Label | undefined;
  /** @throws {Error} if that must not come now. */
  welcomed(welcome: Welcome): void;
  /** @throws {Error} if that must not come now. */
  heard(said: Said): void;
}

/** Labels what one side says. A new life begins where its other side must be told of a new stream. */
export class Voice {
  private life = 0;
  private n = 0;

  /** @param newLife counts the lives of all who speak for this side. */
  constructor(private readonly newLife: () => number) {}

  begin(): void {
    this.life = this.newLife();
    this.n = 0;
  }

  next(): Label {
    return { life: this.life, n: ++this.n };
  }
}

/** A counter, from 1. */
export function counter(): () => number {
  let count = 0;
  return () => ++count;
}

export function inWords(said: Said | undefined): string {
  if (said === undefined) return 'nothing';
  if (said.kind === 'message') return `${said.label.life}.${said.label.n}`;
  return said.kind === 'back' ? `back (${said.resumed ? 'resumed' : 'new stream'})` : said.kind;
}
