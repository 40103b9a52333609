/** All options there are. To add one, add one field: flag, environment name, help, docs and validation follow. */
import { addressRanges } from './address-ranges.js';
import { ClusterOptions } from './cluster-options.js';
import { integer, ipAddress, listOf, oneOf, onOrOff, text } from './option-types.js';
import { Option } from './option.decorator.js';

/** How log lines look: for people, or one JSON object each (C5). */
export type LogFormat = 'pretty' | 'json';

/** How much is logged: this level and those before it in the list. */
export type LogLevel = 'error' | 'warn' | 'log' | 'debug' | 'verbose';

const count = integer({ min: 1, max: 10_000_000, zero: 'off' });

/** What the relay itself can be told, as a program and within a larger backend (`RelayModule.forRoot`). */
export class RelayOptions extends ClusterOptions {
  @Option({
    type: text('an absolute path such as /relay, or * for any path', /^(\*|\/[^\s?#]*)$/, '<path>'),
    help: 'The URL path that the relay answers on; a query may follow it.',
  })
  readonly path: string = '*';

  // Limits per address.
  @Option({
    type: count,
    help: 'Connections of one address (IPv6: of one /64): five parties of 100 phones. Raise it for a school.',
  })
  readonly maxConnectionsPerAddress: number = 512;

  @Option({
    type: count,
    help: 'New connections of one address at once: three parties of 100 phones. Raise it for a school.',
  })
  readonly newConnectionsBurst: number = 300;

  @Option({ type: count, help: 'New connections a second of one address after that: handshakes cost most.' })
  readonly newConnectionsPerSecond: number = 20;

  @Option({
    type: count,
    help: 'Wrong codes that one address is told of at once, by logins and pages: many players mistype a code.',
  })
  readonly failedLoginsBurst: number = 120;

  @Option({
    type: count,
    help: 'Wrong codes a minute that it is told of after that, to make guessing slow; parties that it is part of are still open to it.',
  })
  readonly failedLoginsPerMinute: number = 60;

  @Option({ type: count, help: 'Hosts of one address: a school has some, who squats on codes has many.' })
  readonly maxHostsPerAddress: number = 50;

  @Option({
    type: count,
    help: 'Logins of hosts a minute of one address, also of those that ask for a taken code.',
  })
  readonly newHostsPerMinute: number = 20;

  @Option({
    type: listOf('origins such as https://party.example', /^(null|[a-z][a-z\d+.-]*:\/\/[^\s/?#]+)$/i),
    help: 'The web pages that may connect, all if none is listed; games and other programs, which name no origin, always may.',
  })
  readonly allowedOrigins: readonly string[] = [];

  @Option({
    type: addressRanges(),
    help: 'The proxies whose X-Forwarded-For says where a connection came from; anybody else could lie in it.',
  })
  readonly trustProxy: readonly string[] = [];

  // What operators see.
  @Option({
    type: text('a secret of 16 to 256 characters without white space', /^(\S{16,256})?$/, '<secret>'),
    help: 'What operators show to see /console and /metrics; unless given, one is made at the start and logged.',
  })
  readonly operatorToken: string = '';

  @Option({
    type: integer({ min: 1, max: 100_000 }),
    help: 'Endings and refusals that are remembered for operators and for /v1/why.',
  })
  readonly ledgerSize: number = 10_000;
}

/** What the program `carparty-relay` can be told: where it listens and how it logs, and all of the relay's own. */
export class ProgramOptions extends RelayOptions {
  @Option({
    type: integer({ min: 0, max: 65_535, zero: 'chosen by the system' }),
    help: 'The TCP port to listen on.',
    short: 'p',
  })
  readonly port: number = 8080;

  @Option({
    type: ipAddress(),
    help: 'The address to listen on; 0.0.0.0 or :: for every interface.',
    short: 'i',
  })
  readonly ip: string = '127.0.0.1';

  @Option({
    type: integer({ min: 1024, max: 65_536, unit: 'bytes' }),
    help: 'The longest head of an HTTP request.',
  })
  readonly maxHeaderSize: number = 8 * 1024;

  @Option({
    type: integer({ min: 1, max: 3600, unit: 'seconds', zero: 'off' }),
    help: 'Time for the head of an HTTP request, and for all of it: half a request would hold a connection.',
  })
  readonly requestTimeout: number = 10;

  @Option({
    type: count,
    help: 'HTTP requests of one address at once: three parties of 100 phones that load the party page.',
  })
  readonly httpRequestsBurst: number = 3000;

  @Option({
    type: count,
    help: 'HTTP requests a second of one address after that: three parties of 100 phones that wait for their game.',
  })
  readonly httpRequestsPerSecond: number = 200;

  @Option({
    type: integer({ min: 0, max: 86_400, unit: 'seconds', zero: 'off' }),
    help: 'Time after SIGTERM in which parties may go on while nobody new may host; then the program stops.',
  })
  readonly drainSeconds: number = 0;

  @Option({
    type: text('an http or https URL with {code} in it', /^(https?:\/\/\S*\{code\}\S*)?$/, '<url>'),
    help: 'Where /j/<code> sends phones: the controller of your game; unless given, the party page.',
  })
  readonly controllerUrl: string = '';

  @Option({
    type: onOrOff(),
    help: 'Leave out /v1/why, which tells phones and games why they were disconnected.',
  })
  readonly noWhy: boolean = false;

  @Option({
    type: onOrOff(),
    help: 'Leave out /console, the page on which operators see what happens, and may act.',
  })
  readonly noConsole: boolean = false;

  @Option({ type: onOrOff(), help: 'Leave out /metrics, which Prometheus reads.' })
  readonly noMetrics: boolean = false;

  @Option({
    type: oneOf<LogFormat>('pretty', 'json'),
    help: 'How log lines look: pretty for people, json for machines, one object a line.',
  })
  readonly logFormat: LogFormat = 'pretty';

  @Option({
    type: oneOf<LogLevel>('error', 'warn', 'log', 'debug', 'verbose'),
    help: 'How much is logged: this level and those before it.',
  })
  readonly logLevel: LogLevel = 'log';
}
