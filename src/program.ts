/** The running program: from options that are right to a relay that listens, and to its end. */
import 'reflect-metadata';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConsoleLogger, type INestApplication, type LogLevel as NestLogLevel, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule, RelayWsAdapter } from './app.module.js';
import { OptionError } from './config/option-error.js';
import type { LogLevel, ProgramOptions } from './config/relay-options.js';
import { PrettyLogger } from './logging/pretty-logger.js';

/** Connections the system may hold for us while we are busy: a whole school that comes back after a restart. */
const BACKLOG = 4096;

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'log', 'debug', 'verbose'];

/** @throws {OptionError} if the port or the address cannot be listened on (C3). */
export async function runProgram(options: ProgramOptions): Promise<void> {
  const app = await NestFactory.create(AppModule.with(options), {
    logger: loggerFor(options),
    abortOnError: false,
  });
  app.useWebSocketAdapter(new RelayWsAdapter(app));
  await listen(app, options);
  new Logger('Relay').log(startLine(options, app));
  stopOnSignals(app);
}

function loggerFor({ logFormat, logLevel }: ProgramOptions): ConsoleLogger {
  const logLevels: NestLogLevel[] = ['fatal', ...LEVELS.slice(0, LEVELS.indexOf(logLevel) + 1)];
  if (logFormat === 'json') return new ConsoleLogger({ json: true, flattenParams: true, logLevels });
  return new PrettyLogger({ prefix: 'CarParty', colors: process.stdout.isTTY, logLevels });
}

// Not by app.listen(), which logs an error of its own before it tells.
async function listen(app: INestApplication, { port, ip }: ProgramOptions): Promise<void> {
  await app.init();
  const server = app.getHttpServer() as Server;
  try {
    await once(server.listen({ port, host: ip, backlog: BACKLOG }), 'listening');
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new OptionError(reason(port, ip));
  }
}

const REASONS: Readonly<Record<string, (port: number, ip: string) => string>> = {
  EADDRINUSE: (port, ip) =>
    `--port ${port} is in use on ${ip}; allowed is any free port, or 0 to have one chosen`,
  EACCES: (port) => `--port ${port} is not open to this user; allowed are the ports from 1024 on`,
  EADDRNOTAVAIL: (_, ip) =>
    `--ip ${ip} is no address of this machine; allowed are its own addresses, or 0.0.0.0 for all`,
};

function startLine({ ip }: ProgramOptions, app: INestApplication): string {
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const url = `ws://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  return `Listening on ${url}. A game logs in with {"action":"login_server","server_code":"SNEK"}, a phone with {"action":"login_client","server_code":"SNEK","client_id":"467"}.`;
}

/** The first signal closes every connection and ends the program with 0; a second ends it at once (E8). */
function stopOnSignals(app: INestApplication): void {
  const stop = (signal: NodeJS.Signals): void => {
    for (const again of SIGNALS) process.removeListener(again, stop).once(again, () => process.exit(1));
    new Logger('Relay').log(`Stopping on ${signal}`);
    // Nobody new, and nobody who opened a TCP connection and never asked for a WebSocket.
    const server = app.getHttpServer() as Server;
    server.close().closeAllConnections();
    void app.close().then(() => process.exit(0));
  };
  for (const signal of SIGNALS) process.once(signal, stop);
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
