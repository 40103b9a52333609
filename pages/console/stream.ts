/** What the relay shows, once a second, for as long as an operator watches. */
import type { Look } from '../../src/operator/console/look.js';
import { element, write } from './dom.js';

/** Milliseconds until the relay is asked again when it has turned us away. */
const PAUSE = 3_000;

/** What is looked for; the names are those of the address. */
export interface Interest {
  server_code?: string | undefined;
  text?: string;
  kind?: string;
}

export class Stream {
  private source: EventSource | undefined;
  private interest: Interest = {};
  private since = 0;
  private retry = 0;

  constructor(private readonly show: (look: Look) => void) {
    // A hidden page costs the relay nothing.
    document.addEventListener('visibilitychange', () => (document.hidden ? this.close() : this.open()));
    if (!document.hidden) this.open();
  }

  /** Looks for something else, or for something more. */
  ask(interest: Interest): void {
    this.interest = { ...this.interest, ...interest };
    this.open();
  }

  private open(): void {
    this.close();
    this.source = new EventSource(this.url());
    this.source.addEventListener('message', ({ data }) => this.take(JSON.parse(String(data)) as Look));
    this.source.addEventListener('error', () => this.lost());
  }

  private close(): void {
    clearTimeout(this.retry);
    this.source?.close();
  }

  private take(look: Look): void {
    this.since = look.samples.at(-1)?.second ?? this.since;
    this.tell('live', 'Live');
    this.show(look);
  }

  /** The browser tries again by itself, unless the answer was no stream. Its address is old then, too. */
  private lost(): void {
    this.tell('lost', 'No answer: trying again …');
    this.close();
    this.retry = setTimeout(() => this.open(), PAUSE);
  }

  private tell(state: string, words: string): void {
    document.body.dataset['link'] = state;
    write(element('link'), words);
  }

  // Relative to this script, which lies beside it: the page itself is under any address.
  private url(): URL {
    const url = new URL('../live', import.meta.url);
    for (const [name, value] of Object.entries(this.interest)) {
      if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
    }
    url.searchParams.set('since', String(this.since));
    return url;
  }
}
