// A peer that talks and never listens: its receive window fills, and whatever the relay answers piles up.
import { connect, type Socket } from 'node:net';
import { within } from './deadline.js';
import { clientFrame } from './frames.js';
import { upgradeRequest } from './raw-peer.js';

export class DeafPeer {
  /** Resolves when the relay has cut it off. */
  readonly gone: Promise<void>;

  private constructor(private readonly socket: Socket) {
    this.gone = new Promise((resolve) => {
      socket.once('error', () => socket.destroy()).once('close', () => resolve());
    });
  }

  /** Does the handshake, reads the response and nothing behind it, and sends `payloads`. */
  static async connect(url: string, ...payloads: string[]): Promise<DeafPeer> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const peer = new DeafPeer(socket);
    socket.write(upgradeRequest());
    await within(new Promise((resolve) => socket.once('data', resolve)), 'the response to a handshake');
    socket.pause();
    for (const payload of payloads) await peer.write(clientFrame(payload));
    return peer;
  }

  /** Resolves when the system has taken the bytes, or when the relay is rid of this peer. */
  async write(bytes: Buffer): Promise<void> {
    await Promise.race([new Promise((resolve) => this.socket.write(bytes, resolve)), this.gone]);
  }

  get isGone(): boolean {
    return this.socket.destroyed;
  }

  dispose(): void {
    this.socket.destroy();
  }
}
