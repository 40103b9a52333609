// Plays a script of the model with real peers on the real relay, each behind a network that can be cut.
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE } from '../../harness/deadline.js';
import type { Relay } from '../../harness/one-relay.js';
import { TcpProxy } from '../../harness/tcp-proxy.js';
import { HostWitness } from '../host-witness.js';
import { PhoneWitness } from '../phone-witness.js';
import type { Script, Step } from '../script.js';
import { Voice, counter } from '../witness.js';
import { ID, payloadOf, readAsHost, readAsPhone } from './messages.js';
import type { Tally } from './tally.js';
import { type Part, RealPeer } from './real-peer.js';

const MOST_TABS = 3;

/** Seconds that a seat, or a room, is kept. */
const SHORT = 1;

/** Milliseconds after which that is over. */
const LONGER = 2_200;

const CUTS = ['both', 'up', 'down'] as const;
const RELOADS = ['goodbye', 'vanish', 'silently'] as const;

export class RealWorld {
  private readonly phoneLives = counter();
  private readonly tabs: RealPeer[] = [];

  private constructor(
    private readonly port: number,
    private readonly code: string,
    private readonly host: RealPeer,
    private readonly tally: Tally,
  ) {}

  /** @throws {Error} if a promise is broken. */
  static async play(relay: Relay, script: Script, tally: Tally): Promise<void> {
    const code = relay.code();
    const port = Number(new URL(relay.url()).port);
    const network = await TcpProxy.to(port);
    const host = new RealPeer(
      hostPart(code, script),
      tally.of(new HostWitness(), 'host'),
      new Voice(counter()),
      network,
    );
    const world = new RealWorld(port, code, host, tally);
    try {
      await world.openTab();
      for (const step of script.steps) await world.step(step);
      await world.settle();
    } finally {
      await world.end();
    }
  }

  private async step(step: Step): Promise<void> {
    const peer = step.who === 'host' ? this.host : this.tabs.at(-1 - (step.tab % this.tabs.length))!;
    if (!peer.isConnected && !peer.isReplaced) return peer.connect(step.at % 8 === 0);
    switch (step.do) {
      case 'move':
      case 'ping':
        await turn();
        return peer.read();
      case 'say':
        for (let n = 0; n <= step.at % 5; n++) peer.say();
        return;
      case 'cut':
        return peer.network.strand(CUTS[step.at % 3]);
      case 'notice':
        return this.heal(peer, step.at);
      case 'connect':
        return this.reconnect(peer, step.at);
      case 'reload':
        return peer.reload(RELOADS[step.at % 3] ?? 'vanish');
      case 'duplicate':
        return this.tabs.length < MOST_TABS ? this.openTab() : undefined;
      case 'leave':
        return peer.reload('leave');
      case 'grace':
      case 'hold':
        return sleep(LONGER).then(() => undefined);
    }
  }

  private async openTab(): Promise<void> {
    const network = await TcpProxy.to(this.port);
    const voice = new Voice(this.phoneLives);
    const witness = this.tally.of(new PhoneWitness(), 'phone');
    this.tabs.push(new RealPeer(phonePart(this.code), witness, voice, network));
  }

  /** What was held back arrives late, and the relay learns of ends. */
  private heal(peer: RealPeer, at: number): void {
    if (at % 2 === 0) peer.dispose();
    peer.network.heal();
  }

  private async reconnect(peer: RealPeer, at: number): Promise<void> {
    if (peer.isReplaced) return;
    // A script that takes what has come before it counts mostly goes on.
    if (at % 5 > 0) peer.read();
    await peer.connect(at % 8 === 0);
  }

  /** The networks are good, and people do what they can: in the end host and phone hear each other. */
  private async settle(): Promise<void> {
    const end = performance.now() + PATIENCE;
    for (const peer of this.peers) {
      peer.network.strand();
      peer.giveUp();
      peer.dispose();
      peer.network.heal();
    }
    while (!(await this.hearEachOther()))
      if (performance.now() > end) throw new Error('in the end host and phone do not hear each other');
  }

  private async hearEachOther(): Promise<boolean> {
    for (const pages of [[this.host], this.tabs]) {
      if (pages.every(({ isReplaced }) => isReplaced)) pages.at(-1)?.reload('silently');
      for (const page of pages) if (!page.isConnected && !page.isReplaced) await page.connect(false);
    }
    await this.readFor(50);
    const phone = this.tabs.find(({ isWelcome }) => isWelcome);
    if (!this.host.isWelcome || phone === undefined) return false;
    const [down, up] = [this.host.say(), phone.say()];
    await this.readFor(200);
    return this.host.witness.last?.n === up?.n && phone.witness.last?.n === down?.n;
  }

  private async readFor(milliseconds: number): Promise<void> {
    for (let time = 0; time < milliseconds; time += 10) {
      await sleep(10);
      for (const peer of this.peers) peer.read();
    }
  }

  private get peers(): RealPeer[] {
    return [this.host, ...this.tabs];
  }

  private async end(): Promise<void> {
    for (const peer of this.peers) {
      peer.giveUp();
      peer.dispose();
      await peer.network.close();
    }
  }
}

function hostPart(code: string, { wishes }: Script): Part {
  const asked = {
    key: `the key of ${code}`.padEnd(16, '.'),
    grace: wishes.grace ? SHORT : 0,
    hold: wishes.hold ? SHORT : 0,
    ...(wishes.keep ? { players: 'keep' } : {}),
  };
  return {
    isHost: true,
    login: (goingOn) => ({ action: 'login_server', server_code: code, $relay: { ...asked, ...goingOn } }),
    payloadOf: (label) => payloadOf(label, true),
    read: readAsHost,
  };
}

function phonePart(code: string): Part {
  const key = `the key of ${ID}`.padEnd(16, '.');
  return {
    isHost: false,
    login: (goingOn) => ({
      ...{ action: 'login_client', server_code: code, client_id: ID },
      $relay: { key, ...goingOn },
    }),
    payloadOf: (label) => payloadOf(label, false),
    read: readAsPhone,
  };
}
