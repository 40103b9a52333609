// A party of those who have asked, on the nodes of a world.
import { expect } from 'vitest';
import type { HostAsked } from '../../src/relay/seats/host-seats.js';
import type { Asked } from '../../src/relay/rooms/seat.js';
import type { World } from './contract.js';
import type { TestPeer } from './house.js';

export type At = 0 | 1 | 2;

export function away(id: string): string {
  return `{"$relay":"away","client_id":"${id}"}`;
}

export function back(id: string, isResumed: boolean): string {
  return `{"$relay":"back","client_id":"${id}","resumed":${isResumed}}`;
}

export function hostBack(isResumed: boolean): string {
  return `{"$relay":"back","resumed":${isResumed}}`;
}

/** Somebody who was welcomed. */
export type Welcomed = TestPeer & {
  readonly welcome: Readonly<Record<string, unknown>>;
  readonly stream: string;
};

/** Functions, so that a test takes what it needs. */
export class Party {
  readonly host: Welcomed;

  private constructor(
    private readonly world: World,
    readonly code: string,
    host: TestPeer,
  ) {
    this.host = welcomed(host);
  }

  static async open(world: World, code: string, asked?: HostAsked): Promise<Party> {
    return new Party(world, code, await world.during(world.nodes[0].host(code, asked)));
  }

  readonly tryHost = (at: At, asked?: HostAsked): Promise<TestPeer> =>
    this.world.during(this.world.nodes[at].host(this.code, asked));

  readonly hostAgain = async (at: At, asked: HostAsked): Promise<Welcomed> =>
    welcomed(await this.tryHost(at, asked));

  readonly tryJoin = (at: At, id: string, asked?: Asked): Promise<TestPeer> =>
    this.world.during(this.world.nodes[at].player(this.code, id, asked));

  readonly joinPlainly = (at: At, id: string): Promise<TestPeer> => this.tryJoin(at, id);

  readonly join = async (at: At, id: string, goingOn?: Asked): Promise<Welcomed> =>
    welcomed(await this.tryJoin(at, id, { key: `the key of ${id}`, ...goingOn }));

  /** Behind its welcome a peer has got these messages, and nothing else. */
  readonly got = async (peer: TestPeer, ...messages: string[]): Promise<void> => {
    const heard = (): readonly string[] => peer.got.filter((message) => !isWelcome(message));
    await this.world.until(() => heard().length >= messages.length, `${messages.length} messages`);
    expect(heard()).toEqual(messages);
  };

  readonly hostGot = (...messages: string[]): Promise<void> => this.got(this.host, ...messages);

  /** What the first node has said before to that node, has arrived there. */
  readonly settled = async (at: At): Promise<void> => {
    const code = `SETTLED${Math.random()}`;
    const { host } = await Party.open(this.world, code);
    const probe = await this.world.during(this.world.nodes[at].player(code, 'probe'));
    host.say('settled');
    await this.got(probe, 'settled');
    host.leave();
    await this.world.until(() => probe.ending !== undefined, 'the end of a probe');
  };

  readonly pass = (seconds: number): void => {
    for (const { seats } of this.world.nodes) seats.beat(seconds);
  };

  readonly keptBytes = (at: At): number => this.world.nodes[at].seats.keptBytes;

  readonly returnsAt = (at: At): boolean | undefined => this.world.nodes[at].hasReturned;
}

function isWelcome(message: string): boolean {
  return message.startsWith('{"$relay":"welcome"');
}

function welcomed(peer: TestPeer): Welcomed {
  const [first = ''] = peer.got;
  const welcome = isWelcome(first) ? (JSON.parse(first) as Record<string, unknown>) : {};
  delete welcome['$relay'];
  return Object.assign(peer, { welcome, stream: String(welcome['stream']) });
}
