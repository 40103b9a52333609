// Rule C13: scripts, microservices and tests of a backend start without an HTTP server, and so without the relay.
import { Module, type INestApplicationContext } from '@nestjs/common';
import { ApplicationConfig, NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { WebSocketServer } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import {
  ConsoleModule,
  HealthModule,
  MetricsModule,
  PartyPageModule,
  RelayModule,
  RelayService,
  RelayWsAdapter,
  WhyModule,
} from '../../src/index.js';

@Module({
  imports: [
    RelayModule.forRoot({ path: '/relay' }),
    ...[HealthModule, WhyModule, MetricsModule, ConsoleModule, PartyPageModule],
  ],
})
class Backend {}

const contexts: [string, () => Promise<INestApplicationContext>][] = [
  ['a script', () => NestFactory.createApplicationContext(Backend, { logger: false, abortOnError: false })],
  ['a testing module', async () => (await Test.createTestingModule({ imports: [Backend] }).compile()).init()],
  [
    'an application that never listens',
    async () => {
      const app = await NestFactory.create(Backend, { logger: false, abortOnError: false });
      return app.useWebSocketAdapter(new RelayWsAdapter(app)).init();
    },
  ],
];
test.each(contexts)('[C13] all modules of the relay start and end in %s', async (_, start) => {
  const context = await start();
  expect(context.get(RelayService, { strict: false }).rooms()).toEqual([]);
  await context.close();
});

test('[C13] a backend without HTTP does not open a port for the relay', async () => {
  const context = await NestFactory.createApplicationContext(Backend, { logger: false });
  onTestFinished(() => context.close());
  // What a microservice does with each gateway.
  const server = context.get(ApplicationConfig).getIoAdapter().create(0, { path: '*' }) as WebSocketServer;
  expect(server).toBeInstanceOf(WebSocketServer);
  expect(server.options.noServer).toBe(true);
});
