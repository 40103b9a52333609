// A game, or a page on a phone: a script that counts, and keeps what it has said until the relay has taken it.
import type { Label, Said, Voice, Welcome, Witness } from '../witness.js';
import { Link } from './link.js';

interface Kept {
  readonly label: Label;
  /** Its number in the stream. */
  readonly number: number;
}

export class PeerModel {
  link: Link | undefined = undefined;
  /** Another page has its seat. */
  isReplaced = false;
  private stream: string | undefined = undefined;
  private got = 0;
  private sent = 0;
  private kept: Kept[] = [];
  private asksToGoOn = false;
  private isWelcome = false;

  /** @param net all connections that there were. */
  constructor(
    readonly isHost: boolean,
    readonly witness: Witness,
    private readonly voice: Voice,
    private readonly net: Link[],
  ) {}

  connect(): void {
    this.link?.abandon();
    const link = (this.link = new Link(this));
    this.net.push(link);
    this.isWelcome = false;
    this.asksToGoOn = this.stream !== undefined;
    link.up.push({ kind: 'login', stream: this.stream, got: this.got });
    if (!this.asksToGoOn) this.begin();
  }

  /** Undefined if it may not speak now: it waits for a `welcome` (R20), or has no connection. */
  say(): Label | undefined {
    if (this.link === undefined || (this.asksToGoOn && !this.isWelcome)) return undefined;
    const label = this.voice.next();
    this.kept.push({ label, number: ++this.sent });
    if (this.link.isPeerAlive) this.link.up.push({ kind: 'message', label });
    return label;
  }

  leave(): void {
    if (this.link?.isPeerAlive) this.link.up.push({ kind: 'goodbye' });
    this.reload();
  }

  /** The script is another one, which knows nothing. */
  reload(): void {
    this.link?.abandon();
    this.link = this.stream = undefined;
    this.isReplaced = false;
  }

  scriptTakes(link: Link): void {
    const next = link.handed.shift();
    if (next === undefined || this.link !== link) return;
    if (next.kind === 'closed') this.closed(next.ending);
    else if (next.kind === 'welcome') this.welcomed(next.welcome, link);
    else this.heard(next);
  }

  private closed(ending: string): void {
    this.link = undefined;
    this.isReplaced = ending === 'replaced';
  }

  private welcomed(welcome: Welcome, link: Link): void {
    this.isWelcome = true;
    this.stream = welcome.stream;
    this.witness.welcomed(welcome);
    if (welcome.resumed) return this.goOn(welcome.got, link);
    if (this.asksToGoOn) this.begin();
    this.got = 0;
  }

  private goOn(got: number, link: Link): void {
    const missed = this.kept.filter(({ number }) => number > got);
    this.kept = missed.map(({ label }, at) => ({ label, number: got + at + 1 }));
    this.sent = got + missed.length;
    for (const { label } of missed) link.up.push({ kind: 'message', label });
  }

  private begin(): void {
    this.kept = [];
    this.sent = 0;
    this.voice.begin();
  }

  private heard(said: Said): void {
    this.got++;
    this.witness.heard(said);
  }
}
