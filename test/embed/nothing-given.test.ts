// Rules C3 and C6: whatever a backend may leave out has a default, and whatever it may not is named at the start.
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { describe, expect, test } from 'vitest';
import * as door from '../../src/index.js';
import { startBackend } from './backend.js';

const { PartyPageModule, RelayModule, RelayOptions, RelayWsAdapter, WhyModule } = door;

/** A module that takes options, as JavaScript calls it: with anything. */
interface Configurable extends Type {
  forRoot(...options: unknown[]): DynamicModule;
  forRootAsync(...options: unknown[]): DynamicModule;
}

const configurable = Object.entries(door as Record<string, unknown>).filter(
  (entry): entry is [string, Configurable] => typeof entry[1] === 'function' && 'forRootAsync' in entry[1],
);

/** Modules that take marks alone: what a class is marked with has to be there before Nest looks at it. */
const markable = Object.entries(door as Record<string, unknown>).filter(
  (entry): entry is [string, Pick<Configurable, 'forRoot'>] =>
    typeof entry[1] === 'function' && 'forRoot' in entry[1] && !('forRootAsync' in entry[1]),
);

type Way = (module: Configurable) => DynamicModule | Type;
const ways: [string, Way][] = [
  ['as it is', (module) => module],
  ['by forRoot()', (module) => module.forRoot()],
  ['by forRoot(undefined)', (module) => module.forRoot(undefined)],
  ['by forRoot({})', (module) => module.forRoot({})],
  ['by a factory that returns nothing', (module) => module.forRootAsync({ useFactory: () => undefined })],
  ['by a factory that returns null', (module) => module.forRootAsync({ useFactory: () => null })],
  ['by a factory of {}', (module) => module.forRootAsync({ useFactory: () => Promise.resolve({}) })],
];

test('this test covers every public module that takes options', () => {
  expect(configurable.map(([name]) => name).sort()).toEqual(['PartyPageModule', 'RelayModule']);
  expect(markable.map(([name]) => name).sort()).toEqual([
    'ConsoleModule',
    'HealthModule',
    'MetricsModule',
    'RelayConfigModule',
    'WhyModule',
  ]);
});

describe.each(ways)('[C6] a backend that imports a module %s', (_, way) => {
  test('gets a relay with the defaults, and the party page of the relay', async () => {
    const imports = [...configurable.map(([, module]) => way(module)), WhyModule];
    const { app, peers, port } = await startBackend({ imports });
    expect({ ...app.get(RelayOptions, { strict: false }) }).toEqual({ ...new RelayOptions() });
    const host = await peers.host();
    await peers.player(host, '467');
    const joined = await fetch(`http://127.0.0.1:${port}/j/${host.code}`, { redirect: 'manual' });
    expect(joined.headers.get('location')).toBe(`../party/${host.code}`);
    expect((await fetch(`http://127.0.0.1:${port}/party`)).status).toBe(200);
  });
});

test.each<[string, unknown[]]>([
  ['nothing', []],
  ['undefined', [undefined]],
  ['{}', [{}]],
])('[C12] the other modules take %s', async (_, args) => {
  const imports = [RelayModule, ...markable.map(([, module]) => module.forRoot(...args))];
  const { port } = await startBackend({ imports });
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test.each(configurable)(
  '[C3] %s.forRootAsync without a source of options says what is missing',
  (name, module) => {
    for (const nothing of [[], [undefined], [{}], [{ inject: [] }]]) {
      expect(() => module.forRootAsync(...nothing)).toThrow(
        `${name}.forRootAsync needs useFactory, useClass or useExisting; ${name}.forRoot() takes the defaults`,
      );
    }
  },
);

test('[C7] an adapter without its application says so at once, not only when the first peer connects', () => {
  for (const app of [undefined, {}, 3000] as unknown[]) {
    expect(() => new RelayWsAdapter(app as INestApplicationContext)).toThrow('needs the application');
  }
});

test('[C6] the options of forRoot win over a plain import elsewhere in the backend', async () => {
  const imports = [RelayModule.forRoot({ maxDepth: 7 }), PartyPageModule];
  const { app } = await startBackend({ imports });
  expect(app.get(RelayOptions, { strict: false }).maxDepth).toBe(7);
});
