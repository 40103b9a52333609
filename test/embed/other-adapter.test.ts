// Rule C6: a backend whose other gateways have an adapter of their own keeps it.
import type { INestApplication } from '@nestjs/common';
import { WsAdapter } from '@nestjs/platform-ws';
import {
  AbstractWsAdapter,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type MessageMappingProperties,
} from '@nestjs/websockets';
import { firstValueFrom, type Observable } from 'rxjs';
import { Server, type Socket } from 'socket.io';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { RelayModule, RelayWsAdapter } from '../../src/index.js';
import { within } from '../harness/deadline.js';
import { startBackend, type Backend, type Setup } from './backend.js';

/** The least that a socket.io adapter is; `@nestjs/platform-socket.io` has a larger one. */
class SocketIoAdapter extends AbstractWsAdapter {
  create(): Server {
    return new Server(this.httpServer as ConstructorParameters<typeof Server>[0], { path: '/chat' });
  }

  bindMessageHandlers(
    socket: Socket,
    handlers: MessageMappingProperties[],
    transform: (data: unknown) => Observable<unknown>,
  ): void {
    for (const { message, callback } of handlers) {
      socket.on(message as string, (data: unknown, acknowledge: (answer: unknown) => void) => {
        void firstValueFrom(transform(callback(data))).then(acknowledge);
      });
    }
  }
}

/** A backend's own dialect for its own gateways: `say hello` instead of JSON. */
class WordAdapter extends WsAdapter {
  override create(port: number, options: Parameters<WsAdapter['create']>[1]): unknown {
    this.setMessageParser((text) => {
      const [event = '', data] = (text as Buffer).toString().split(' ');
      return { event, data };
    });
    return super.create(port, options) as unknown;
  }
}

@WebSocketGateway({ path: '/chat' })
class ChatGateway {
  @SubscribeMessage('say')
  say(@MessageBody() text: string): { said: string } {
    return { said: text };
  }
}

function startBeside(
  others: (app: INestApplication) => WsAdapter | SocketIoAdapter,
  fastify: boolean,
  path = '/relay',
): Promise<Backend> {
  const setup: Setup = {
    fastify,
    relayPath: path,
    adapter: (app) => new RelayWsAdapter(app, others(app)),
  };
  return startBackend({ imports: [RelayModule.forRoot({ path })], providers: [ChatGateway] }, setup);
}

const platforms: [string, boolean][] = [
  ['Express', false],
  ['Fastify', true],
];

test.each(platforms)('[C6] on %s, gateways over socket.io work beside the relay', async (_, fastify) => {
  const { peers, port, app } = await startBeside((app) => new SocketIoAdapter(app), fastify);
  const host = await peers.host();
  const player = await peers.player(host, '467');
  for (const transport of ['websocket', 'polling']) {
    const chat = io(`http://127.0.0.1:${port}`, { path: '/chat', transports: [transport] });
    onTestFinished(() => void chat.disconnect());
    expect(await within(chat.emitWithAck('say', 'hello') as Promise<unknown>, 'an answer')).toEqual({
      said: 'hello',
    });
  }
  await peers.expectParty(host, player);
  await within(app.close(), 'the backend to close');
  expect(await host.closed()).toEqual({ code: 1001, reason: '' });
});

test.each(platforms)('[C6] on %s, gateways over a WsAdapter of the backend work too', async (_, fastify) => {
  const { peers, app } = await startBeside((app) => new WordAdapter(app), fastify);
  const chat = await peers.connect('/chat');
  const host = await peers.host();
  chat.send('say hello');
  expect(await chat.next()).toBe('{"said":"hello"}');
  await peers.expectParty(host, await peers.player(host, '467'));
  await expect(peers.connect('/elsewhere')).rejects.toThrow();
  await within(app.close(), 'the backend to close');
});

test('[C3] next to another adapter the relay requires a path, and says so', async () => {
  const started = startBeside((app) => new WordAdapter(app), false, '*');
  await expect(started).rejects.toThrow(/path .*absolute path.*not \*/);
});
