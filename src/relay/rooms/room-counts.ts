/** What the members of one room have sent since it was opened, for those who look at it. */
import { LONGEST_ID } from '../protocol/login.js';

/** Bytes: Godot does not take what is longer, unless the game has asked for a larger buffer. */
const LARGE = 64 * 1024;

/** Plain numbers that a message adds to. */
export class RoomCounts {
  /** Messages of the host and its players, and the bytes of their payloads. */
  messages = 0;
  bytes = 0;
  /** Messages to the host that are too large for the buffers of some game engines. */
  largeMessages = 0;
  /** Messages of the host to all that name a receiver, and are not JSON (H1). */
  misreadReceivers = 0;
  /** Messages of the host whose receiver is not text (H5). */
  receiversNotText = 0;
  /** Messages of the host for a player who is not here (H4), and the last such id; empty if it is longer than any id. */
  absentReceivers = 0;
  lastAbsentReceiver = '';
  /** How often players came, or came back, with a key. */
  keys = 0;
  /** How often players came back to their seats without one: they have missed what was said meanwhile (R14). */
  keylessReturns = 0;

  fromPlayer(length: number): void {
    this.messages++;
    this.bytes += length;
    if (length > LARGE) this.largeMessages++;
  }

  fromHost(length: number, isMisread: boolean): void {
    this.messages++;
    this.bytes += length;
    if (isMisread) this.misreadReceivers++;
  }

  /** A unicast of the host reached no player. */
  missed(receiver: string | null): void {
    if (receiver === null) {
      this.receiversNotText++;
      return;
    }
    this.absentReceivers++;
    this.lastAbsentReceiver = receiver.length <= LONGEST_ID ? receiver : '';
  }
}
