/** The running program: from options that are right to a relay that listens, and to its end. */
import 'reflect-metadata';
import { Console } from 'node:console';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConsoleLogger, type INestApplication, type LogLevel as NestLogLevel, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { RelayWsAdapter } from '../relay/gateway/relay-ws.adapter.js';
import { AppModule } from './app.module.js';
import { OptionError } from '../config/option-error.js';
import type { LogFormat, LogLevel, ProgramOptions } from '../config/relay-options.js';
import { openDoor } from '../http/open-door.js';
import { PrettyLogger } from '../relay/logging/pretty-logger.js';
import { drain } from './drain.js';
import { LimitedHttpAdapter } from './http.adapter.js';
import { LossyOutput } from './lossy-output.js';
import { connectionsAllowed } from './open-files.js';
import { QuietJsonLogger, QuietPrettyLogger } from './quiet-logger.js';

/** Connections the system may hold for us while we are busy: a whole school that comes back after a restart. */
const BACKLOG = 4096;

/** Milliseconds that log lines may take to leave when the program ends. */
const LAST_WORDS = 500;

const LEVELS: readonly LogLevel[] = ['error', 'warn', 'log', 'debug', 'verbose'];

/** @throws {OptionError} if the port or the address cannot be listened on (C3). */
export async function runProgram(options: ProgramOptions): Promise<void> {
  const stdout = new LossyOutput(process.stdout.fd, noteFor(options.logFormat));
  const app = await NestFactory.create(AppModule.with(options), new LimitedHttpAdapter(), {
    logger: loggerFor(options, stdout),
    abortOnError: false,
    // Nothing that is asked here has a body (A34).
    bodyParser: false,
  });
  app.useWebSocketAdapter(new RelayWsAdapter(app));
  await listen(app, options);
  stopOnSignals(app, stdout, options.drainSeconds);
}

/** What the loggers write, they write to the console, and the console never waits. */
function loggerFor({ logFormat, logLevel }: ProgramOptions, stdout: LossyOutput): ConsoleLogger {
  globalThis.console = new Console(stdout, new LossyOutput(process.stderr.fd, noteFor(logFormat)));
  const logLevels: NestLogLevel[] = ['fatal', ...LEVELS.slice(0, LEVELS.indexOf(logLevel) + 1)];
  const common = { forceConsole: true, logLevels };
  // At a finer level than the default the log also shows how Nest starts.
  const isUsual = logLevels.length <= LEVELS.indexOf('log') + 2;
  if (logFormat === 'json') {
    const Json = isUsual ? QuietJsonLogger : ConsoleLogger;
    return new Json({ ...common, json: true, flattenParams: true });
  }
  const colors = process.stdout.isTTY === true && process.stdout.hasColors();
  const Pretty = isUsual ? QuietPrettyLogger : PrettyLogger;
  return new Pretty({ ...common, prefix: 'CarParty', colors });
}

function noteFor(format: LogFormat): (dropped: number) => string {
  return (dropped) => {
    const message = `${dropped} log lines were dropped: the output was blocked`;
    const isJson = format === 'json';
    return `${isJson ? JSON.stringify({ level: 'warn', message, dropped, context: 'Relay' }) : message}\n`;
  };
}

// Not by app.listen(), which logs the error before it rejects.
async function listen(app: INestApplication, options: ProgramOptions): Promise<void> {
  const { port, ip, maxConnections } = options;
  await app.init();
  openDoor(app, options, connectionsFor(maxConnections));
  const server = app.getHttpServer() as Server;
  // Before the addresses of the pages, the last of which is the one to open.
  server.prependOnceListener('listening', () => new Logger('Relay').log(startLine(options, app)));
  try {
    await once(server.listen({ port, host: ip, backlog: BACKLOG }), 'listening');
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new OptionError(reason(port, ip));
  }
}

/** How many connections there may be (A14). */
function connectionsFor(wanted: number): number {
  const limit = Math.min(wanted || Infinity, connectionsAllowed() ?? Infinity);
  if (limit < wanted || (wanted === 0 && limit < Infinity)) {
    new Logger('Relay').warn(
      `The system allows ${limit} connections (see ulimit -n), fewer than --max-connections`,
    );
  }
  return limit;
}

const REASONS: Readonly<Record<string, (port: number, ip: string) => string>> = {
  EADDRINUSE: (port, ip) =>
    `--port ${port} is in use on ${ip}; allowed is any free port, or 0 to have one chosen`,
  EACCES: (port) => `--port ${port} is not open to this user; allowed are the ports from 1024 on`,
  EADDRNOTAVAIL: (_, ip) =>
    `--ip ${ip} is not an address of this machine; allowed are its own addresses, or 0.0.0.0 for all`,
};

function startLine({ ip, trustProxy }: ProgramOptions, app: INestApplication): string {
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  const url = `ws://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  const login = '{"action":"login_server","server_code":"SNEK"}';
  const join = '{"action":"login_client","server_code":"SNEK","client_id":"467"}';
  const proxy =
    trustProxy.length === 0
      ? ' Behind a proxy on this machine no limit per address applies: see --trust-proxy.'
      : '';
  return `Listening on ${url}. A game logs in with ${login}, a phone with ${join}.${proxy}`;
}

/** The first signal closes every connection and ends the program with 0; a second ends it at once (E8). */
function stopOnSignals(app: INestApplication, stdout: LossyOutput, drainSeconds: number): void {
  const stop = (signal: NodeJS.Signals): void => {
    for (const again of SIGNALS) process.removeListener(again, stop).once(again, () => process.exit(1));
    void drain(app, signal, drainSeconds).then(end);
  };
  const end = (): void => {
    // Ends new connections, and those that never asked for a WebSocket.
    const server = app.getHttpServer() as Server;
    server.close().closeAllConnections();
    void app.close().then(() => {
      stdout.end(() => process.exit(0));
      setTimeout(() => process.exit(0), LAST_WORDS);
    });
  };
  for (const signal of SIGNALS) process.once(signal, stop);
}

/**
 * A closed terminal sends SIGHUP, and Node does not keep it ignored as `nohup` wants; nodemon sends SIGUSR2. One that Node
 * writes a heap snapshot on is not for us.
 */
const SIGNALS = (['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const).filter(
  (signal) => !process.execArgv.includes(`--heapsnapshot-signal=${signal}`),
);
