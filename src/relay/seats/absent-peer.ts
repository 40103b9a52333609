/** The peer of a seat that has no connection: what it is sent is kept for its return (R14, R17). */
import type { Message } from '../protocol/message.js';
import type { Ending } from '../rooms/endings.js';
import { FrameBatch } from '../rooms/frame-batch.js';
import type { Peer } from '../rooms/peer.js';
import type { Stream } from '../rooms/streams/stream.js';

export class AbsentPeer implements Peer {
  /**
   * @param stream where what it is sent is kept; without one it misses that (R14).
   * @param givenUp called when the seat is given up.
   * @param isElsewhere whether the connection that was lost was on another node.
   */
  constructor(
    private readonly stream: Stream | undefined,
    private readonly givenUp: (peer: AbsentPeer, ending: Ending) => void,
    readonly isElsewhere = false,
  ) {}

  send(message: Message): void {
    this.stream?.tail.add(FrameBatch.of(message).take(), 1);
  }

  sendFrames(frames: Buffer, messages: number): void {
    this.stream?.tail.add(frames, messages);
  }

  // Nothing is read from it.
  hold(): void {}
  release(): void {}

  end(ending: Ending): void {
    this.givenUp(this, ending);
  }

  fail(): void {
    this.end('internal-error');
  }
}
