/** The WebSocket server behind the relay's gateway. */
import { WebSocketServer } from 'ws';
import { FIXED } from '../../../config/fixed-limits.js';
import type { RelayOptions } from '../../../config/relay-options.js';
import { RelaySocket } from '../connection/relay-socket.js';

/** Milliseconds that a peer has to answer a close frame before it is cut off (E5). */
const CLOSE_TIMEOUT = 1_000;

export class RelayServer extends WebSocketServer {
  constructor(options: RelayOptions) {
    const settings = {
      noServer: true,
      WebSocket: RelaySocket,
      maxPayload: options.maxMessageSize,
      // Pings count against the rate of a peer, and unread pongs against what may wait for it.
      maxPendingAutoPongs: 0,
      maxFragments: FIXED.maxFragments,
      maxBufferedChunks: FIXED.maxBufferedChunks,
      closeTimeout: CLOSE_TIMEOUT,
      // Compression would cost more than the whole relay, and a context of memory for each connection.
      perMessageDeflate: false,
      handleProtocols: selectFirst,
    };
    // Not written in place, since @types/ws does not know all of them yet.
    super(settings);
  }
}

/**
 * Many clients hang up if none of the subprotocols is selected that they offer (L15). A copy: the text that ws has is a
 * part of the header, and keeps all of it in memory.
 */
function selectFirst([first]: ReadonlySet<string>): string | false {
  return first === undefined ? false : Buffer.from(first).toString();
}
