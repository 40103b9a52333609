// Lets fuzzed streams loose on a relay, and looks what they did to others.
import { connect } from 'node:net';
import { expect } from 'vitest';
import { within } from '../../harness/deadline.js';
import { forwardTimes } from '../../harness/latencies.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import type { Host, Player, Relay } from '../../harness/relay.js';
import { streamOf, type Stream } from './stream.js';

/** Streams at a time. A batch is as long as what must be repeated when something went wrong. */
export const BATCH = 25;

export class Fuzzer {
  private constructor(
    private readonly relay: Relay,
    private readonly target: Host,
    private readonly host: Host,
    private readonly player: Player,
  ) {}

  /** A relay with a room that streams may join, and another party that must notice nothing. */
  static async on(relay: Relay): Promise<Fuzzer> {
    const host = await relay.host();
    return new Fuzzer(relay, await relay.host(), host, await relay.player(host, '467'));
  }

  /** Plays {@link BATCH} streams, of this seed and those behind it. Throws with the seed when a rule was broken. */
  async batch(seed: number): Promise<void> {
    const names = (n: number) => ({ code: this.target.code, id: 'fuzz', own: `OWN${seed + n}` });
    try {
      await Promise.all(Array.from({ length: BATCH }, (_, n) => this.play(streamOf(seed + n, names(n)))));
      await forwardTimes(this.host, this.player, 1);
      this.host.send('still here');
      expect(await this.player.next()).toBe('still here');
      for (const peer of [this.host, this.player]) await peer.expectNothing();
      await this.checkRoom();
    } catch (error) {
      throw new Error(`The relay went wrong with \`npm run fuzz -- --seed ${seed}\`.`, { cause: error });
    }
  }

  /** Resolves when the connection is over. */
  private async play({ pieces, ending, reads }: Stream): Promise<void> {
    const socket = connect({
      port: Number(new URL(this.relay.url()).port),
      host: '127.0.0.1',
      noDelay: true,
    });
    const over = new Promise((resolve) =>
      socket.once('error', () => socket.destroy()).once('close', resolve),
    );
    if (reads) socket.resume();
    for (const piece of pieces) {
      await Promise.race([over, new Promise((resolve) => socket.write(piece, resolve))]);
    }
    if (ending === 'reset') socket.resetAndDestroy();
    else socket.resume().end();
    await within(over, 'the relay to end a connection that its peer has ended');
  }

  /** What came to the host of the streams: each message is that of a player who is there, and all are gone again. */
  private async checkRoom(): Promise<void> {
    const present = new Map<string, number>();
    do {
      // A reset is noticed when it is noticed.
      await this.target.fence();
      for (const message of this.target.inbox.drain()) read(String(message), present);
    } while ([...present.values()].some((count) => count > 0));
    await this.target.expectNothing();
  }
}

/** Counts who is there by id: a mutated login may have any. */
function read(message: string, present: Map<string, number>): void {
  const { client_id: id } = JSON.parse(message) as { client_id: string };
  const count = present.get(id) ?? 0;
  if (message === connectNotice(id)) {
    present.set(id, count + 1);
    return;
  }
  expect(count).toBeGreaterThan(0);
  if (message === disconnectNotice(id)) present.set(id, count - 1);
  else expect(message.trimEnd().endsWith(`"client_id":${JSON.stringify(id)}}`)).toBe(true);
}
