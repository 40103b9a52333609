/** How a peer is let go that was refused by an HTTP status. */
import type { Duplex } from 'node:stream';

/** Milliseconds that it has to take the answer. */
const PATIENCE = 5_000;

/**
 * Sees to it that nothing is left of the connection, whose last answer is written or about to be. Without a listener an
 * error of the socket, such as a reset, would end the process; and a peer that neither takes the answer nor closes its
 * side would keep a socket that nothing else refers to.
 */
export function letGo(stream: Duplex): void {
  const timer = setTimeout(() => stream.destroy(), PATIENCE).unref();
  stream.on('error', () => stream.destroy());
  stream.once('finish', () => stream.destroy());
  stream.once('close', () => clearTimeout(timer));
}
