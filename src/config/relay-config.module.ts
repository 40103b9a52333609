/** The options of the relay in Nest: read by `@nestjs/config`, and there for every module of the application. */
import { type DynamicModule, Module } from '@nestjs/common';
import { type ConfigFactory, ConfigModule } from '@nestjs/config';
import { CONFIGURED_OPTIONS } from './configured-options.js';
import { type RelayConfig, relayConfig } from './relay.config.js';

/**
 * Import it beside `RelayModule`, whose options then come from the environment, `.env.local` and `.env`. Every module may
 * inject the `ConfigService` and ask it for `relay.maxDepth`, or inject `relayConfig.KEY`.
 */
@Module({})
export class RelayConfigModule {
  /** Options from the environment and its files. */
  static forRoot(): DynamicModule {
    return this.of(relayConfig);
  }

  /** Options from elsewhere: the program has read its own before Nest was loaded. */
  static of(config: ConfigFactory & Pick<RelayConfig, 'KEY'>): DynamicModule {
    const namespace = ConfigModule.forFeature(config);
    return {
      module: RelayConfigModule,
      global: true,
      imports: [namespace],
      providers: [{ provide: CONFIGURED_OPTIONS, useExisting: config.KEY }],
      exports: [namespace, CONFIGURED_OPTIONS],
    };
  }
}
