/** The relay as a program of its own. */
import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import type { ProgramOptions } from '../config/relay-options.js';
import { ConsoleModule } from '../operator/console/console.module.js';
import { HealthModule } from '../operator/health/health.module.js';
import { MetricsModule } from '../operator/metrics/metrics.module.js';
import { PartyPageModule } from '../party-page/party-page.module.js';
import { Draining, RelayModule, RelayWsAdapter } from '../relay.module.js';
import { WhyModule } from '../operator/why/why.module.js';

export { Draining, RelayWsAdapter };

@Module({})
export class AppModule {
  /** Options that were read and validated before Nest was loaded; every module finds them as `relay`. */
  static with(options: ProgramOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot({ isGlobal: true, ignoreEnvFile: true, load: [() => ({ relay: options })] }),
        RelayModule.forRootAsync({
          inject: [ConfigService],
          useFactory: programOptions,
        }),
        PartyPageModule.forRootAsync({ inject: [ConfigService], useFactory: programOptions }),
        HealthModule,
        ...(options.without.includes('console') ? [] : [ConsoleModule]),
        ...(options.without.includes('metrics') ? [] : [MetricsModule]),
        ...(options.without.includes('why') ? [] : [WhyModule]),
      ],
    };
  }
}

function programOptions(config: ConfigService): ProgramOptions {
  return config.getOrThrow<ProgramOptions>('relay');
}
