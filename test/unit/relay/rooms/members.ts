// A room without sockets: peers that write down what they are given, and a turn that a test ends.
import { payloadsIn } from '../../../../src/relay/protocol/frame.js';
import type { Message } from '../../../../src/relay/protocol/message.js';
import { TextMessage } from '../../../../src/relay/protocol/text-message.js';
import type { Ending } from '../../../../src/relay/rooms/endings.js';
import type { HoldReason, Peer } from '../../../../src/relay/rooms/peer.js';
import { Room } from '../../../../src/relay/rooms/room.js';
import type { Gathering, Turn } from '../../../../src/relay/rooms/turn.js';

export function text(words: string): Message {
  return new TextMessage(Buffer.from(words));
}

/** What a payload that is written as text says. */
function wordsOf(message: Message): string {
  const payload = Buffer.alloc(message.byteLength);
  message.copyTo(payload, 0);
  return payload.toString();
}

export class NotingPeer implements Peer {
  readonly got: string[] = [];
  /** The bytes of frames, as they were given. */
  readonly frames: Buffer[] = [];
  readonly holds = new Set<HoldReason>();
  readonly endings: Ending[] = [];
  readonly errors: unknown[] = [];

  send(message: Message): void {
    this.got.push(wordsOf(message));
  }

  sendFrames(frames: Buffer): void {
    this.frames.push(frames);
    for (const payload of payloadsIn(frames)) this.got.push(payload.toString());
  }

  hold(reason: HoldReason): void {
    this.holds.add(reason);
  }

  release(reason: HoldReason): void {
    this.holds.delete(reason);
  }

  end(ending: Ending): void {
    this.endings.push(ending);
  }

  fail(error: unknown): void {
    this.errors.push(error);
  }
}

export class ManualTurn implements Turn {
  private gatherings: Gathering[] = [];

  atEnd(gathering: Gathering): void {
    this.gatherings.push(gathering);
  }

  mayLeave(): boolean {
    return true;
  }

  end(): void {
    for (const gathering of this.gatherings.splice(0)) gathering.flush();
  }
}

/** A room and its host. */
export function openRoom(): { room: Room; host: NotingPeer; turn: ManualTurn } {
  const host = new NotingPeer();
  const turn = new ManualTurn();
  return { room: new Room('SNEK', host, turn), host, turn };
}
