/** A separate backend, on Express or Fastify, with the relay in it. */
import 'reflect-metadata';
import { Logger, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { RelayWsAdapter } from 'carparty-relay';
import { BackendLogger } from './backend.logger.js';
import { BackendModule } from './backend.module.js';

const [platform = 'express', port = '3000', relayPath = '*'] = process.argv.slice(2);

const backend = BackendModule.with({ relayPath });
const options = { logger: new BackendLogger() };
const app =
  platform === 'fastify'
    ? await NestFactory.create<NestFastifyApplication>(backend, new FastifyAdapter(), options)
    : await NestFactory.create(backend, options);

app.setGlobalPrefix('api');
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }));
// The only line that the relay asks for besides its module: it serves the relay and the backend's own gateways.
app.useWebSocketAdapter(new RelayWsAdapter(app));
app.enableShutdownHooks();
await app.listen(port, '127.0.0.1');
new Logger('Backend').log(`Listening on ${await app.getUrl()} with ${platform}`);
