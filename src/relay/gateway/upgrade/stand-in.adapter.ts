/** What a backend without the relay's adapter has: one that speaks no HTTP needs none, and serves no relay. */
import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketServer } from 'ws';
import { RELAY_GATEWAY_PATH } from '../relay.gateway.js';

/** Without HTTP server a WsAdapter would open a separate port for the relay's gateway, in a microservice say. */
export class StandInAdapter extends WsAdapter {
  override create(port: number, options: { path?: string } = {}): unknown {
    if (options.path === RELAY_GATEWAY_PATH) return new WebSocketServer({ noServer: true });
    return super.create(port, options) as unknown;
  }
}
