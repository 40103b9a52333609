// A larger Nest backend in the process of the test, built on the sources, so that a test can replace its parts.
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import type {
  INestApplication,
  LoggerService,
  ModuleMetadata,
  NestApplicationOptions,
  WebSocketAdapter,
} from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { onTestFinished } from 'vitest';
import { RelayWsAdapter } from '../../src/index.js';
import { within } from '../harness/deadline.js';
import { Logs } from '../harness/logs.js';
import { Peers } from './peers.js';

/** How the backend differs from one on Express that did what the README says. */
export interface Setup {
  fastify?: boolean;
  /** Replaces providers. */
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  adapter?: (app: INestApplication) => WebSocketAdapter;
  /** Called before the backend listens. */
  prepare?: (app: INestApplication) => unknown;
  /** Where the peers of the test look for the relay. */
  relayPath?: string;
}

/** A backend that listens. It ends with the test. */
export interface Backend {
  app: INestApplication;
  port: number;
  logs: Logs;
  peers: Peers;
}

/** Starts a backend whose root module is `metadata`. */
export async function startBackend(metadata: ModuleMetadata, setup: Setup = {}): Promise<Backend> {
  const { logs, logger } = memory();
  const builder = Test.createTestingModule(metadata).setLogger(logger);
  const module = await (setup.override?.(builder) ?? builder).compile();
  const options: NestApplicationOptions = { logger };
  const app = setup.fastify
    ? module.createNestApplication(new FastifyAdapter(), options)
    : module.createNestApplication(options);
  app.useWebSocketAdapter(setup.adapter?.(app) ?? new RelayWsAdapter(app));
  setup.prepare?.(app);
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  const peers = new Peers(port, logs, setup.relayPath);
  onTestFinished(async () => {
    peers.dispose();
    await within(app.close(), 'the backend to close');
  });
  return { app, port, logs, peers };
}

/** A logger as a backend brings its own, and what was given to it. */
function memory(): { logs: Logs; logger: LoggerService } {
  const lines = new PassThrough();
  const logs = new Logs();
  logs.follow(lines);
  const write =
    (level: string) =>
    (message: unknown, ...details: unknown[]): void => {
      lines.write(`${JSON.stringify({ level, message, details })}\n`);
    };
  const levels = ['log', 'warn', 'error', 'debug', 'verbose', 'fatal'] as const;
  const logger = Object.fromEntries(levels.map((level) => [level, write(level)]));
  return { logs, logger: logger as unknown as LoggerService };
}
