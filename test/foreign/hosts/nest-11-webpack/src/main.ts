import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { RelayWsAdapter } from 'carparty-relay';
import { BackendModule } from './backend.module';

async function start(): Promise<void> {
  const app = await NestFactory.create(BackendModule);
  app.useWebSocketAdapter(new RelayWsAdapter(app));
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  console.log(`This host listens on port ${port}`);
}

void start();
