// Rule C14: the log of a backend is written with its own logger, and speaks of what the backend can change.
import type { INestApplication, LoggerService } from '@nestjs/common';
import { expect, test } from 'vitest';
import { ENDINGS } from '../../../src/relay/rooms/endings.js';
import { inWordsOf } from '../../../src/config/names-of-options.js';
import { ProgramOptions, RelayOptions } from '../../../src/config/relay-options.js';
import {
  ConsoleModule,
  HealthModule,
  MetricsModule,
  PartyPageModule,
  RelayModule,
  WhyModule,
} from '../../../src/index.js';
import { RoutingService } from '../../../src/relay/routing/routing.service.js';
import { loginHost } from '../../harness/relay.js';
import { startBackend } from '../../embed/backend.js';

type Line = Record<string, unknown>;
type Taking = (object: Line, ...texts: unknown[]) => void;

const LEVELS = ['log', 'warn', 'error', 'debug', 'verbose', 'fatal'] as const;

/** A logger with one method per level. */
function loggerOf(method: (level: string) => (...values: never[]) => void, more: object): LoggerService {
  return Object.assign(
    more,
    Object.fromEntries(LEVELS.map((level) => [level, method(level)])),
  ) as unknown as LoggerService;
}

/** As nestjs-pino 4 and 5 do it: what stands behind a text is lost. */
function pinoLike(lines: Line[]): LoggerService {
  const pino = { bindings: () => ({}) };
  const write =
    (level: string): Taking =>
    (message: Line | string, ...more) => {
      const context = more.at(-1);
      const rest = more.slice(0, -1);
      if (typeof message === 'string') lines.push({ level, context, msg: message });
      else lines.push({ level, context, ...message, msg: rest[0] });
    };
  return loggerOf(write, { logger: { logger: pino } });
}

/** As nest-winston 1 does it: what stands behind a text is its context. */
function winstonLike(lines: Line[]): LoggerService {
  const write = (level: string) => (message: Line | string, one?: unknown, two?: unknown) => {
    const [trace, context] = level === 'error' || level === 'fatal' ? [one, two] : [undefined, one];
    if (typeof message === 'string') lines.push({ level, message, context, stack: [trace] });
    else lines.push({ level, context, ...message });
  };
  return loggerOf(write, { getWinstonLogger: () => undefined });
}

const kinds: [string, (lines: Line[]) => LoggerService, string][] = [
  ['nestjs-pino', pinoLike, 'msg'],
  ['nest-winston', winstonLike, 'message'],
];
test.each(kinds)(
  '[C14] with %s the fields of a log line arrive as fields, and its text as text',
  async (_, kind, text) => {
    const lines: Line[] = [];
    const { peers } = await startBackend(
      { imports: [RelayModule.forRoot()] },
      { prepare: (app: INestApplication) => app.useLogger(kind(lines)) },
    );
    const host = await peers.host();
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'log', context: 'Relay', role: 'host', serverCode: host.code }),
    );
    const second = await peers.saying(loginHost(host.code));
    await second.closed();
    expect(lines).toContainEqual(
      expect.objectContaining({
        ...{ level: 'warn', context: 'Relay', ending: 'code-taken', rule: 'L3', address: '127.0.0.1' },
        [text]: expect.stringContaining('(code-taken)') as string,
      }),
    );
  },
);

test.each(kinds)('[C14] with %s an error of the relay arrives with its stack', async (_, kind, text) => {
  const lines: Line[] = [];
  const { peers, app } = await startBackend(
    { imports: [RelayModule.forRoot()] },
    { prepare: (made: INestApplication) => made.useLogger(kind(lines)) },
  );
  const host = await peers.host();
  Object.assign(app.get(RoutingService, { strict: false }), {
    deliver: () => {
      throw new Error('a bug');
    },
  });
  host.send('hello');
  await host.closed();
  const line = lines.find((one) => String(one[text]).includes('hit an internal error: Error: a bug'));
  expect(line?.['context']).toBe('Relay');
  const { err, stack } = line as { err?: Error; stack?: string[] };
  expect(err?.stack ?? stack?.[0]).toContain('loggers.test.ts');
});

test('[C14] inside a backend no log line and no advice names a flag', async () => {
  const { logs, port } = await startBackend({
    imports: [
      RelayModule.forRoot({ operatorToken: 'a-token-of-the-operator' }),
      ...[HealthModule, WhyModule, MetricsModule, ConsoleModule, PartyPageModule],
    ],
  });
  const { text } = await logs.until(
    ({ text }) => text.startsWith('Operators:'),
    'the address of the console',
  );
  expect(text).toContain('with the token of operatorToken of RelayModule');
  await logs.until((line) => line.text.includes("app.listen(port, '0.0.0.0') lets them in"), 'the remedy');
  const answer = await fetch(`http://127.0.0.1:${port}/console`);
  expect(await answer.text()).toContain('operatorToken of RelayModule');
  const said = logs.lines.map((line) => line.text);
  const advice = Object.values(ENDINGS).map(({ advice = '' }) => inWordsOf(new RelayOptions(), advice));
  expect([...said, ...advice].filter((one) => /--[a-z]/.test(one))).toEqual([]);
  expect(inWordsOf(new ProgramOptions(), 'Raise --max-rooms.')).toBe('Raise --max-rooms.');
  expect(inWordsOf(new RelayOptions(), 'Raise --max-rooms.')).toBe('Raise maxRooms of RelayModule.');
});
