/** All options there are. To add one, add one field: flag, environment name, help, docs and validation follow. */
import { addressRanges } from './address-ranges.js';
import { ClusterOptions } from './cluster-options.js';
import { integer, ipAddress, listOf, oneOf, someOf, text } from './option-types.js';
import { Option } from './option.decorator.js';

/** How log lines look: for people, or one JSON object each (C5). */
export type LogFormat = 'pretty' | 'json';

/** How much is logged: this level and those before it in the list. */
export type LogLevel = 'error' | 'warn' | 'log' | 'debug' | 'verbose';

/** What the program can leave out. */
export type Part = 'why' | 'console' | 'metrics';

const count = integer({ min: 1, max: 10_000_000, zero: 'off' });

const address = 'Per address';

/** What the relay itself can be told, as a program and within a larger backend (`RelayModule.forRoot`). */
export class RelayOptions extends ClusterOptions {
  @Option({
    group: 'Listening',
    type: text('an absolute path such as /relay, or * for any path', /^(\*|\/[^\s?#]*)$/, '<path>'),
    help: 'The URL path that the relay answers on; a query may follow it.',
  })
  readonly path: string = '*';

  @Option({
    group: 'Listening',
    type: listOf('origins such as https://party.example', /^(null|[a-z][a-z\d+.-]*:\/\/[^\s/?#]+)$/i),
    help: 'The web pages that may connect; any if none is listed. Programs name no origin and may always connect.',
  })
  readonly allowedOrigins: readonly string[] = [];

  @Option({
    group: 'Listening',
    type: addressRanges(),
    help: 'The proxies whose X-Forwarded-For header names the address of a peer. The relay ignores the header of others: it can be forged.',
  })
  readonly trustProxy: readonly string[] = [];

  @Option({
    group: 'Pages',
    type: text('a secret of 16 to 256 characters without white space', /^(\S{16,256})?$/, '<secret>'),
    help: 'The token that opens /console and /metrics. If unset, the relay makes a random one and logs it when it starts.',
  })
  readonly operatorToken: string = '';

  @Option({
    group: 'Pages',
    type: integer({ min: 1, max: 100_000 }),
    help: 'How many endings and refusals the relay remembers for operators and for /v1/why.',
  })
  readonly ledgerSize: number = 10_000;

  @Option({
    group: address,
    type: count,
    help: 'Connections of one address (IPv6: of one /64): five parties of 100 phones. Raise it for a school.',
  })
  readonly maxConnectionsPerAddress: number = 512;

  @Option({
    group: address,
    type: count,
    help: 'New connections a second of one address; 15 seconds of it may come at once. Raise it for a school.',
  })
  readonly newConnectionsPerSecond: number = 20;

  @Option({
    group: address,
    type: count,
    help: 'Hosts of one address. A school needs a few; a code squatter wants many.',
  })
  readonly maxHostsPerAddress: number = 50;

  @Option({
    group: address,
    type: count,
    help: 'Host logins a minute of one address, refused ones included.',
  })
  readonly newHostsPerMinute: number = 20;

  @Option({
    group: address,
    type: count,
    help: 'Wrong codes a minute of one address, to make guessing slow; 2 minutes of it may come at once.',
  })
  readonly failedLoginsPerMinute: number = 60;
}

/** What the program `carparty-relay` can be told: where it listens and how it logs, and all of the relay's own. */
export class ProgramOptions extends RelayOptions {
  @Option({
    group: 'Listening',
    type: integer({ min: 0, max: 65_535, zero: 'chosen by the system' }),
    help: 'The TCP port to listen on.',
    short: 'p',
  })
  readonly port: number = 8080;

  @Option({
    group: 'Listening',
    type: ipAddress(),
    help: 'The address to listen on; 0.0.0.0 or :: for every interface.',
    short: 'i',
  })
  readonly ip: string = '127.0.0.1';

  @Option({
    group: 'Pages',
    type: text('an http or https URL with {code} in it', /^(https?:\/\/\S*\{code\}\S*)?$/, '<url>'),
    help: 'Where /j/<code> sends phones: the controller of your game. If unset, the party page.',
  })
  readonly controllerUrl: string = '';

  @Option({
    group: 'Pages',
    type: someOf<Part>('why', 'console', 'metrics'),
    help: 'What to leave out: /v1/why, which tells phones and games why the relay disconnected them; /console and /metrics for operators.',
  })
  readonly without: readonly Part[] = [];

  @Option({
    group: 'Logging',
    type: oneOf<LogFormat>('pretty', 'json'),
    help: 'How log lines look: pretty for people, json for machines, one object a line.',
  })
  readonly logFormat: LogFormat = 'pretty';

  @Option({
    group: 'Logging',
    type: oneOf<LogLevel>('error', 'warn', 'log', 'debug', 'verbose'),
    help: 'How much the relay logs: this level and those before it.',
  })
  readonly logLevel: LogLevel = 'log';

  @Option({
    group: address,
    type: count,
    help: 'HTTP requests a second of one address; 15 seconds of it may come at once: three parties of 100 phones that load the party page.',
  })
  readonly httpRequestsPerSecond: number = 200;

  @Option({
    group: 'Whole process',
    type: integer({ min: 0, max: 86_400, unit: 'seconds', zero: 'off' }),
    help: 'After SIGTERM the relay lets running parties go on for this long and refuses new hosts; then it stops.',
  })
  readonly drainSeconds: number = 0;
}
