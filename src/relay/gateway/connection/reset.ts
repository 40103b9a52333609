/** How a TCP connection is ended so that nothing of it is left. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * Without a reset the system would go on trying to deliver what it has. A TLS socket cannot be reset; nor can one that
 * is being shut down, since its peer has left: of that Node would tell an error (EINVAL), and never that it is closed.
 */
export function reset(stream: Socket): void {
  if (stream instanceof TLSSocket || stream.writableEnded) stream.destroy();
  else stream.resetAndDestroy();
}
