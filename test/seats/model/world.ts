// The model at work: plays a script, and lets everything arrive in the end.
import { HostWitness } from '../host-witness.js';
import { PhoneWitness } from '../phone-witness.js';
import type { Script, Step } from '../script.js';
import { Voice, counter } from '../witness.js';
import type { Flaw } from './flaws.js';
import type { Link } from './link.js';
import { PeerModel } from './peer-model.js';
import { RelayModel } from './relay-model.js';

const MOST_TABS = 3;

/** Rounds in which a quiet network brings everything to its end, with reconnections. */
const ROUNDS = 50;

export class World {
  private readonly net: Link[] = [];
  private readonly phoneLives = counter();
  private readonly relay: RelayModel;
  private readonly host: PeerModel;
  private readonly tabs: PeerModel[] = [];

  private constructor({ wishes }: Script, flaw: Flaw) {
    this.relay = new RelayModel(wishes, flaw);
    this.host = new PeerModel(true, new HostWitness(), new Voice(counter()), this.net);
    this.openTab();
  }

  /** @throws {Error} if a promise is broken. */
  static play(script: Script, flaw: Flaw = 'none'): void {
    const world = new World(script, flaw);
    for (const step of script.steps) world.step(step);
    world.settle();
  }

  private step(step: Step): void {
    const peer = step.who === 'host' ? this.host : this.tabs.at(-1 - (step.tab % this.tabs.length))!;
    if (peer.link === undefined && !peer.isReplaced) return peer.connect();
    switch (step.do) {
      case 'move':
        return this.move(step.at);
      case 'say':
        return void peer.say();
      case 'ping':
        return this.relay.ping(step.who);
      case 'cut':
        return this.cut(peer.link, step.at);
      case 'notice':
        return this.notice(step.at);
      case 'connect':
        return peer.isReplaced ? undefined : peer.connect();
      case 'reload':
        return this.reload(peer, step.at);
      case 'duplicate':
        return this.tabs.length < MOST_TABS ? this.openTab() : undefined;
      case 'leave':
        return peer.leave();
      case 'grace':
        return this.relay.graceIsOver();
      case 'hold':
        return this.relay.holdIsOver();
    }
  }

  private openTab(): void {
    this.tabs.push(new PeerModel(false, new PhoneWitness(), new Voice(this.phoneLives), this.net));
  }

  /** One thing arrives: at the relay, at a stack or at a script. */
  private move(at: number): void {
    const busy = this.net.filter((link) => !link.isQuiet);
    const link = busy[at % busy.length];
    if (link === undefined) return;
    const part = Math.floor(at / busy.length) % 3;
    if (part === 0) this.relay.take(link);
    else if (part === 1) link.stackTakes();
    else link.peer.scriptTakes(link);
  }

  private cut(link: Link | undefined, at: number): void {
    link?.cut(at);
    if (link && at % 5 < 2) this.relay.lost(link);
  }

  private notice(at: number): void {
    const dead = this.net.filter(({ isPeerAlive, isRelayAlive }) => isRelayAlive && !isPeerAlive);
    const link = dead[at % dead.length];
    if (link) this.relay.lost(link);
  }

  private reload(peer: PeerModel, at: number): void {
    const { link } = peer;
    peer.reload();
    if (link && at % 5 < 3) this.relay.lost(link);
  }

  /** The network is good, and people do what they can: in the end host and phone hear each other. */
  private settle(): void {
    for (let round = 0; round < ROUNDS; round++) {
      for (const link of this.net) if (!link.isPeerAlive) this.relay.lost(link);
      this.askAgain([this.host]);
      this.askAgain(this.tabs);
      for (const peer of [this.host, ...this.tabs]) this.repair(peer);
      for (let at = 0; at < 30; at++) for (const link of this.net) this.drain(link);
    }
    const phone = this.tabs.find(({ link }) => link !== undefined);
    const [down, up] = [this.host.say(), phone?.say()];
    for (const link of this.net) this.drain(link);
    for (const link of this.net) this.drain(link);
    if (up?.n !== this.host.witness.last?.n || down?.n !== phone?.witness.last?.n || up === undefined)
      throw new Error('in the end host and phone do not hear each other');
  }

  /** A page whose own late attempt has replaced it asks once more: to its relay that is a reload. */
  private askAgain(pages: readonly PeerModel[]): void {
    if (pages.every(({ isReplaced }) => isReplaced)) pages.at(-1)?.reload();
  }

  private repair(peer: PeerModel): void {
    const isBad = peer.link === undefined || !peer.link.isPeerAlive || peer.link.isReset;
    if (isBad && !peer.isReplaced) peer.connect();
  }

  private drain(link: Link): void {
    while (!link.isQuiet) {
      const { length } = link.up;
      this.relay.take(link);
      link.stackTakes();
      link.peer.scriptTakes(link);
      if (link.up.length > 0 && link.up.length === length && link.down.length + link.handed.length === 0)
        return;
    }
  }
}
