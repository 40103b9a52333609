/** From an upgrade request to a WebSocket. */
import type { WebSocketServer } from 'ws';
import type { Upgrade } from './upgrade-switch.js';

/** Whether ws has made a WebSocket of it. It says so at once, or not at all. */
export function upgrade(server: WebSocketServer, ...[request, stream, head]: Upgrade): boolean {
  let isOpen = false;
  server.handleUpgrade(request, stream, head, (socket) => {
    isOpen = true;
    server.emit('connection', socket, request);
  });
  return isOpen;
}
