// How a page or a game comes back, and what has become of its connection meanwhile.
import { onTestFinished, vi } from 'vitest';
import { Connection } from '../../../harness/connection.js';
import { PATIENCE } from '../../../harness/deadline.js';
import type { Relay } from '../../../harness/one-relay.js';
import { TcpProxy } from '../../../harness/tcp-proxy.js';

interface Way {
  /** Whether the script that comes back is the one that was there, and can say what it has got. */
  readonly goesOn: boolean;
  /** How it, or its network, ends the old connection. */
  readonly end: 'goodbye' | 'leave' | 'vanish';
  /** Whether it reads nothing for a while before that. */
  readonly sleeps?: true;
  /** Whether it comes back by another network. */
  readonly moves?: true;
}

/** A page that is reloaded sends 1001, one that unmounts its client calls `close()`. */
export const WAYS: Readonly<Record<string, Way>> = {
  reload: { goesOn: false, end: 'goodbye' },
  retry: { goesOn: true, end: 'vanish' },
  wake: { goesOn: true, end: 'vanish', sleeps: true },
  remount: { goesOn: false, end: 'leave' },
  'change of network': { goesOn: true, end: 'vanish', moves: true },
};

export const OLD = ['closed', 'closing late', 'half open'] as const;

export type Old = (typeof OLD)[number];

/** Each way with each fate of the old connection. */
export const CELLS: [name: string, old: Old, way: Way][] = Object.entries(WAYS).flatMap(([name, way]) =>
  OLD.map((old): [string, Old, Way] => [name, old, way]),
);

/** A peer behind its own network, which comes back. */
export class Returning {
  private constructor(
    private readonly relay: Relay,
    private readonly way: Way,
    private readonly network: TcpProxy,
    readonly former: Connection,
  ) {}

  static async at(relay: Relay, way: Way): Promise<Returning> {
    const network = await networkOf(relay);
    return new Returning(relay, way, network, await reach(network));
  }

  /** From now on nothing comes through, and neither side learns of it; or the old connection is closed. */
  async goAway(old: Old): Promise<void> {
    if (this.way.sleeps) this.former.stall();
    if (old !== 'closed') return this.network.strand();
    this.former.resume();
    this.end();
    await this.former.closed();
  }

  async comeBack(): Promise<Connection> {
    return reach(this.way.moves ? await networkOf(this.relay) : this.network);
  }

  /** The old connection is closed late: whatever it held back arrives now. Resolves when nothing of it is left. */
  async closeLate(): Promise<void> {
    const { connections } = this.network;
    this.former.resume();
    this.end();
    this.network.heal();
    const isOver = (): boolean => this.network.connections < connections;
    await vi.waitUntil(isOver, { timeout: PATIENCE });
  }

  /** What was held back arrives, and the peer of the old connection, if it lives, learns how that ended. */
  heal(): void {
    this.former.resume();
    this.network.heal();
  }

  private end(): void {
    if (this.way.end === 'vanish') this.former.vanish();
    else void this.former.leave(this.way.end === 'goodbye' ? 1001 : undefined);
  }
}

async function networkOf(relay: Relay): Promise<TcpProxy> {
  const network = await TcpProxy.to(Number(new URL(relay.url()).port));
  onTestFinished(() => network.close());
  return network;
}

async function reach({ port }: TcpProxy): Promise<Connection> {
  const connection = await Connection.open(`ws://127.0.0.1:${port}`);
  onTestFinished(() => connection.dispose());
  return connection;
}
