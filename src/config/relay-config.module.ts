/** The options of the relay in Nest: a namespace of `@nestjs/config`, there for every module of the application. */
import { type DynamicModule, Module } from '@nestjs/common';
import type { ConfigObject } from '@nestjs/config';
import { CONFIGURED_OPTIONS } from './configured-options.js';
import { loadFor } from './needed-package.js';
import { readOptions } from './read-options.js';
import type { RelayOptions } from './relay-options.js';

/** The namespace `relay`, as Nest writes it: `@Inject(relayConfig.KEY) options: RelayOptions`. */
export const relayConfig = { KEY: 'CONFIGURATION(relay)' } as const;

/**
 * Import it beside `RelayModule`, whose options then come from the environment, `.env.local` and `.env`. Every module may
 * inject the `ConfigService` and ask it for `relay.maxDepth`, or inject {@link relayConfig}.KEY.
 *
 * `@nestjs/config` is loaded only here: in Jest with CommonJS, a backend that does without it could not load it.
 */
@Module({})
export class RelayConfigModule {
  /** Options from the environment and its files. */
  static forRoot(): Promise<DynamicModule> {
    return this.of(readOptions);
  }

  /** Options from elsewhere: the program has read its own before Nest was loaded. */
  static async of(read: () => RelayOptions): Promise<DynamicModule> {
    const { ConfigModule, registerAs } = await loadFor(
      'RelayConfigModule',
      ['@nestjs/config'],
      () => import('@nestjs/config'),
    );
    // A function for each application, since `registerAs` marks it.
    const config = registerAs('relay', () => read() as RelayOptions & ConfigObject);
    const namespace = ConfigModule.forFeature(config);
    return {
      module: RelayConfigModule,
      global: true,
      imports: [namespace],
      providers: [{ provide: CONFIGURED_OPTIONS, useExisting: relayConfig.KEY }],
      exports: [namespace, CONFIGURED_OPTIONS],
    };
  }
}
