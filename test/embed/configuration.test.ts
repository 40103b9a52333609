// Rules C2, C3 and C6: a backend gives the relay its options in every way that Nest knows.
import { tmpdir } from 'node:os';
import { ConfigService, getConfigToken } from '@nestjs/config';
import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  OptionError,
  relayConfig,
  RelayConfigModule,
  RelayModule,
  RelayOptions,
  RelayService,
  type RelayOptionsFactory,
} from '../../src/index.js';
import { startBackend } from './backend.js';

/** What the backend knows of the relay's options, in its own module. */
@Module({ providers: [{ provide: 'depth', useValue: 7 }], exports: ['depth'] })
class SettingsModule {}

@Injectable()
class Settings implements RelayOptionsFactory {
  constructor(@Inject('depth') private readonly maxDepth: number) {}

  createRelayOptions(): Promise<Partial<RelayOptions>> {
    return Promise.resolve({ maxDepth: this.maxDepth });
  }
}

@Module({ imports: [SettingsModule], providers: [Settings], exports: [Settings] })
class ConfiguredModule {}

const ways: [string, () => DynamicModule][] = [
  ['forRoot', () => RelayModule.forRoot({ maxDepth: 7 })],
  ['forRootAsync with a factory', () => RelayModule.forRootAsync({ useFactory: () => ({ maxDepth: 7 }) })],
  [
    'forRootAsync with a factory that injects',
    () =>
      RelayModule.forRootAsync({
        imports: [SettingsModule],
        inject: ['depth'],
        useFactory: (maxDepth: number) => Promise.resolve({ maxDepth }),
      }),
  ],
  [
    'forRootAsync with a class',
    () => RelayModule.forRootAsync({ imports: [SettingsModule], useClass: Settings }),
  ],
  [
    'forRootAsync with an existing provider',
    () => RelayModule.forRootAsync({ imports: [ConfiguredModule], useExisting: Settings }),
  ],
];
test.each(ways)('[C6] the options come from %s, and the others keep their defaults', async (_, relay) => {
  const { app, peers } = await startBackend({ imports: [relay()] });
  const options = app.get(RelayOptions, { strict: false });
  expect({ ...options }).toEqual({ ...new RelayOptions(), maxDepth: 7 });
  const host = await peers.host();
  const player = await peers.player(host, '467');
  player.send(`{"a":${'['.repeat(7)}${']'.repeat(7)}}`);
  await peers.expectRefused(player, 'too-deep', '467');
});

test('[C6] without options the relay uses its defaults', async () => {
  const { app } = await startBackend({ imports: [RelayModule.forRoot()] });
  expect({ ...app.get(RelayOptions, { strict: false }) }).toEqual({ ...new RelayOptions() });
});

test('[C6] the relay does not read options from the environment of the backend', async () => {
  process.env['RELAY_MAX_DEPTH'] = '3';
  try {
    const { app } = await startBackend({ imports: [RelayModule.forRoot()] });
    expect(app.get(RelayOptions, { strict: false }).maxDepth).toBe(new RelayOptions().maxDepth);
  } finally {
    delete process.env['RELAY_MAX_DEPTH'];
  }
});

/** The environment of the backend for one test, in a folder without `.env`. */
function useEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(tmpdir());
  onTestFinished(() => {
    vi.unstubAllEnvs();
    cwd.mockRestore();
  });
}

/** A part of the backend that asks for the options of the relay in both ways of `@nestjs/config`. */
@Injectable()
class Curious {
  constructor(
    readonly config: ConfigService,
    @Inject(relayConfig.KEY) readonly options: RelayOptions,
  ) {}
}

@Module({ providers: [Curious] })
class CuriousModule {}

test('[C2] with RelayConfigModule a backend reads the options from its environment', async () => {
  // The port is the program's: a backend listens by itself.
  useEnvironment({ RELAY_MAX_DEPTH: '3', RELAY_PATH: '/relay', RELAY_PORT: '99999' });
  const { app } = await startBackend({ imports: [RelayConfigModule.forRoot(), RelayModule, CuriousModule] });
  const expected = { ...new RelayOptions(), maxDepth: 3, path: '/relay' };
  expect({ ...app.get(RelayOptions, { strict: false }) }).toEqual(expected);
  const { config, options } = app.get(Curious, { strict: false });
  expect({ ...options }).toEqual(expected);
  expect(config.get('relay.maxDepth')).toBe(3);
  expect(relayConfig.KEY).toBe(getConfigToken('relay'));
});

test('[C2] what forRoot names wins over the environment', async () => {
  useEnvironment({ RELAY_MAX_DEPTH: '3', RELAY_MAX_ROOMS: '5' });
  const relay = RelayModule.forRoot({ maxDepth: 4 });
  const { app } = await startBackend({ imports: [relay, RelayConfigModule.forRoot()] });
  expect(app.get(RelayOptions, { strict: false })).toMatchObject({ maxDepth: 4, maxRooms: 5 });
});

test.each([
  [{ RELAY_MAX_DEPTH: 'deep' }, /^RELAY_MAX_DEPTH must be .*, not "deep"$/],
  [{ RELAY_MAX_DEPHT: '3' }, /^unknown setting RELAY_MAX_DEPHT .*RELAY_MAX_DEPTH/],
  [{ RELAY_NATS_USER: 'relay' }, /^RELAY_NATS_USER is no longer an option: .*RELAY_NATS/],
])('[C3] a backend with %o in its environment does not start, and is told why', async (variables, why) => {
  useEnvironment(variables);
  const start = startBackend({ imports: [RelayConfigModule.forRoot(), RelayModule] });
  const error: unknown = await start.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OptionError);
  expect((error as OptionError).message).toMatch(why);
});

const wrong: [Record<string, unknown>, RegExp][] = [
  [{ maxDepth: 0 }, /maxDepth .*1.*100000.*not 0/],
  [{ maxDepth: 'deep' }, /maxDepth .*not "deep"/],
  [{ path: 'relay' }, /path .*absolute path.*not "relay"/],
  [{ maxMessageSize: 1 }, /maxMessageSize .*1024.*not 1$/],
  [{ maxDeph: 3 }, /"maxDeph".*maxDepth/],
];
test.each(wrong)(
  '[C3] a backend with the option %o does not start, and the error says why',
  async (options, why) => {
    const starts = [
      startBackend({ imports: [RelayModule.forRoot(options)] }),
      startBackend({ imports: [RelayModule.forRootAsync({ useFactory: () => options })] }),
    ];
    for (const start of starts) {
      const error: unknown = await start.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OptionError);
      expect((error as OptionError).message).toMatch(why);
    }
  },
);

/** A part of the backend that looks at the parties, and does not import the relay itself. */
@Injectable()
class Dashboard {
  constructor(readonly relay: RelayService) {}
}

@Module({ providers: [Dashboard] })
class DashboardModule {}

test('[C6] every module of the backend can list the rooms', async () => {
  const { app, peers } = await startBackend({
    imports: [RelayModule.forRoot(), DashboardModule],
  });
  const { relay } = app.get(Dashboard, { strict: false });
  expect(relay.rooms()).toEqual([]);
  const host = await peers.host();
  await peers.player(host, '467');
  await peers.player(host, '467');
  const openedAt = expect.any(Date) as Date;
  const whole = { playersAway: 0, isHostAway: false };
  expect(relay.rooms()).toEqual([{ serverCode: host.code, players: 2, ...whole, openedAt }]);
  expect([relay.hasRoom(host.code), relay.hasRoom('NOBODY')]).toEqual([true, false]);
});

test('[C6] a script of the backend may use its modules without a server', async () => {
  const relay = RelayModule.forRoot();
  const context = await NestFactory.createApplicationContext(relay, { logger: false });
  expect(context.get(RelayService).rooms()).toEqual([]);
  await context.close();
});
