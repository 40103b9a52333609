// The relay of the model: one code, one host, one seat of a player.
import type { Role, Said } from '../witness.js';
import type { Wishes } from '../script.js';
import { counter } from '../witness.js';
import type { Flaw } from './flaws.js';
import type { Link, Up } from './link.js';
import { SeatModel } from './seat-model.js';

export class RelayModel {
  private host: SeatModel | undefined = undefined;
  private phone: SeatModel | undefined = undefined;
  private readonly names = counter();

  constructor(
    private readonly wishes: Wishes,
    private readonly flaw: Flaw,
  ) {}

  /** Takes what comes next on the link, if it is read. */
  take(link: Link): void {
    const next = link.up[0];
    if (next === undefined || !this.reads(link, next)) return;
    link.up.shift();
    if (!link.isRelayAlive) return;
    if (next.kind === 'login') return link.peer.isHost ? this.hostIn(link, next) : this.phoneIn(link, next);
    const seat = link.peer.isHost ? this.host : this.phone;
    if (seat?.link !== link) return;
    if (next.kind === 'goodbye') this.left(link);
    else if (next.kind === 'pong') seat.pong(next.mark);
    else this.passOn(link, seat, next);
  }

  /** The relay learns that the connection is dead. */
  lost(link: Link): void {
    if (!link.isRelayAlive) return;
    link.isRelayAlive = false;
    link.up.length = 0;
    const isFormer = this.phone?.link !== link;
    if (this.phone && !link.peer.isHost && (!isFormer || this.flaw === 'late close'))
      this.phoneLost(this.phone);
    else if (this.host?.link === link) this.hostLost(this.host);
  }

  ping(role: Role): void {
    (role === 'host' ? this.host : this.phone)?.ping();
  }

  /** Grace stands still while the host is away (R24). */
  graceIsOver(): void {
    if (this.phone && !this.phone.link && this.host?.link) this.giveUpPhone();
  }

  holdIsOver(): void {
    if (this.host && !this.host.link) this.endRoom();
  }

  /** The phones of a host that is away are not read: neither their messages, nor their pongs, nor their ends (R24). */
  private reads(link: Link, next: Up): boolean {
    const isHeld = this.host !== undefined && this.host.link === undefined;
    return (
      !isHeld || link.peer.isHost || next.kind === 'login' || !link.isRelayAlive || this.flaw === 'reads on'
    );
  }

  private passOn(link: Link, seat: SeatModel, said: Said): void {
    seat.taken++;
    if (!link.peer.isHost) {
      if (this.flaw !== 'reads on' || this.host?.link) this.host?.say(said);
    } else this.phone?.say(said);
  }

  private left(link: Link): void {
    link.drop('left');
    if (link.peer.isHost) this.endRoom();
    else this.giveUpPhone();
  }

  private phoneLost(seat: SeatModel): void {
    if (!this.wishes.grace) return this.giveUpPhone();
    seat.link = undefined;
    this.host?.say({ kind: 'away' });
  }

  private hostLost(seat: SeatModel): void {
    if (!this.wishes.hold) return this.endRoom();
    seat.link = undefined;
    this.phone?.say({ kind: 'away' });
  }

  private giveUpPhone(): void {
    this.phone?.letGo('host-left');
    this.phone = undefined;
    this.host?.say({ kind: 'disconnect' });
  }

  private endRoom(): void {
    this.phone?.letGo('host-left');
    this.host?.letGo('left');
    this.phone = this.host = undefined;
  }

  private hostIn(link: Link, login: Up & { kind: 'login' }): void {
    const wasAway = this.host !== undefined && this.host.link === undefined;
    const isNew = this.host === undefined;
    const host = (this.host ??= this.newSeat());
    const resumed = host.take(link, login, false);
    if (isNew) return;
    if (!resumed && !this.wishes.keep) {
      this.phone?.letGo('host-left');
      this.phone = undefined;
    }
    if (!resumed && this.phone) host.say({ kind: 'connect' });
    if (!resumed && this.phone && !this.phone.link) host.say({ kind: 'away' });
    if (wasAway || !resumed) this.phone?.say({ kind: 'back', resumed });
  }

  private phoneIn(link: Link, login: Up & { kind: 'login' }): void {
    if (this.host === undefined) return link.drop('no-such-code');
    const isHostAway = this.host.link === undefined;
    const isNew = this.phone === undefined;
    const wasAway = this.phone !== undefined && this.phone.link === undefined;
    const phone = (this.phone ??= this.newSeat());
    const resumed = phone.take(link, login, isHostAway);
    if (isNew) this.host.say({ kind: 'connect' });
    else if (wasAway || !resumed) this.host.say({ kind: 'back', resumed });
  }

  private newSeat(): SeatModel {
    return new SeatModel(this.wishes.most, this.flaw, () => `stream ${this.names()}`);
  }
}
