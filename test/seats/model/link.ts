// One connection of the model: what is on its way between a peer and the relay.
import type { Label, Said, Welcome } from '../witness.js';
import type { PeerModel } from './peer-model.js';

export type Up =
  | { readonly kind: 'login'; readonly stream: string | undefined; readonly got: number }
  | { readonly kind: 'message'; readonly label: Label }
  | { readonly kind: 'pong'; readonly mark: number }
  | { readonly kind: 'goodbye' };

/** What a WebSocket stack hands to its script. */
export type Handed =
  | Said
  | { readonly kind: 'welcome'; readonly welcome: Welcome }
  | { readonly kind: 'closed'; readonly ending: string };

export type Down = Handed | { readonly kind: 'ping'; readonly mark: number };

export class Link {
  readonly up: Up[] = [];
  readonly down: Down[] = [];
  /** What the stack has taken, and the script has not. */
  readonly handed: Handed[] = [];
  isPeerAlive = true;
  isRelayAlive = true;
  /** Whether the relay has reset it. */
  isReset = false;

  constructor(readonly peer: PeerModel) {}

  get isQuiet(): boolean {
    return this.up.length + this.down.length + this.handed.length === 0;
  }

  /** The peer is gone: nothing reaches its script, nor leaves its stack. */
  abandon(): void {
    this.isPeerAlive = false;
    this.handed.length = 0;
  }

  /** The relay lets go of it. Without an ending it resets it. */
  drop(ending: string | undefined): void {
    this.isRelayAlive = false;
    this.up.length = 0;
    if (ending === undefined) this.isReset = true;
    else this.down.push({ kind: 'closed', ending });
  }

  /** Nothing passes any more but what is already near its other end. */
  cut(at: number): void {
    this.up.length = at % (this.up.length + 1);
    this.down.length = at % (this.down.length + 1);
    this.isPeerAlive = false;
  }

  /** The stack takes what comes next, and answers pings, whatever its script does. */
  stackTakes(): void {
    const next = this.down.shift();
    if (next === undefined || !this.isPeerAlive) return;
    if (next.kind === 'ping') this.up.push({ kind: 'pong', mark: next.mark });
    else this.handed.push(next);
  }
}
