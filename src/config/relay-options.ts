/** All options there are. To add one, add one field: flag, environment name, help, docs and validation follow. */
import { integer, ipAddress, oneOf, text } from './option-types.js';
import { Option } from './option.decorator.js';

/** How log lines look: for people, or one JSON object each (C5). */
export type LogFormat = 'pretty' | 'json';

/** How much is logged: this level and those before it in the list. */
export type LogLevel = 'error' | 'warn' | 'log' | 'debug' | 'verbose';

/** What the relay itself can be told, as a program and within a larger backend (`RelayModule.forRoot`). */
export class RelayOptions {
  @Option({
    type: text('an absolute path such as /relay, or * for any path', /^(\*|\/[^\s?#]*)$/, '<path>'),
    help: 'The URL path that the relay answers on; a query may follow it.',
  })
  readonly path: string = '*';

  @Option({
    type: integer({ min: 1024, max: 100 * 1024 * 1024, unit: 'bytes' }),
    help: 'The longest message that a peer may send; a longer one ends its sender.',
  })
  readonly maxMessageSize: number = 1024 * 1024;

  @Option({
    type: integer({ min: 1, max: 100_000, unit: 'levels' }),
    help: 'How deep the objects and arrays in a message of a player may be nested.',
  })
  readonly maxDepth: number = 1024;
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
