/**
 * One WebSocket message on its way to a peer.
 *
 * It is asked to copy itself, so that an outbox can take it with one copy wherever its bytes come from.
 */
export interface Message {
  /** Length of the payload in bytes. */
  readonly byteLength: number;
  /** Whether the payload travels in binary frames; text otherwise. */
  readonly isBinary: boolean;
  /** Writes the payload into `target` from `offset` on; the caller has made room for it. */
  copyTo(target: Buffer, offset: number): void;
}
