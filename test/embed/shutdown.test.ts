// Rule E8 in a backend: every stop ends peers with 1001, whatever else stops at the same time.
import type { Socket } from 'node:net';
import type { Server } from 'node:http';
import { type DynamicModule, Injectable, Module, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { expect, test } from 'vitest';
import { RelayModule } from '../../src/index.js';
import { within } from '../harness/deadline.js';
import { startBackend } from './backend.js';

/** As the plugin of Apollo's server that drains the HTTP server: it ends each connection without a request under way. */
@Injectable()
class Drainer implements OnModuleDestroy {
  readonly sockets = new Set<Socket>();

  constructor(private readonly host: HttpAdapterHost) {}

  listen(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    server.on('connection', (socket) => void this.sockets.add(socket));
  }

  onModuleDestroy(): void {
    for (const socket of this.sockets) socket.end();
  }
}

@Module({ providers: [Drainer] })
class DrainingModule {}

const orders = [
  ['before', (relay: DynamicModule) => [relay, DrainingModule]],
  ['behind', (relay: DynamicModule) => [DrainingModule, relay]],
] as const;

test.each(orders)('[E8] peers get 1001 though a part %s the relay ends all connections', async (_, order) => {
  const { app, peers } = await startBackend(
    { imports: order(RelayModule.forRoot()) },
    { prepare: (made) => made.get(Drainer, { strict: false }).listen() },
  );
  const host = await peers.host();
  const player = await peers.player(host, '467');
  await within(app.close(), 'the backend to close');
  for (const peer of [host, player]) expect((await peer.closed()).code).toBe(1001);
});
