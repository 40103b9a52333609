/** The relay as a program. */
import { type DynamicModule, Module } from '@nestjs/common';
import { CONFIGURED_OPTIONS } from '../config/configured-options.js';
import { RelayConfigModule } from '../config/relay-config.module.js';
import type { ProgramOptions } from '../config/relay-options.js';
import { ConsoleModule } from '../operator/console/console.module.js';
import { HealthModule } from '../operator/health/health.module.js';
import { MetricsModule } from '../operator/metrics/metrics.module.js';
import { PageReply } from '../party-page/page-reply.js';
import { PartyFiles } from '../party-page/party-files.js';
import { PartyPageModule } from '../party-page/party-page.module.js';
import { RelayModule } from '../relay.module.js';
import { WhyModule } from '../operator/why/why.module.js';
import { HomeController } from './home.controller.js';

@Module({})
export class AppModule {
  /** Options that were read and validated before Nest was loaded: every module finds them in the namespace `relay`. */
  static with(options: ProgramOptions): DynamicModule {
    return {
      module: AppModule,
      controllers: [HomeController],
      providers: [PageReply, PartyFiles],
      imports: [
        RelayConfigModule.of(() => options),
        RelayModule,
        PartyPageModule.forRootAsync({
          inject: [CONFIGURED_OPTIONS],
          useFactory: ({ controllerUrl }: ProgramOptions) => ({ controllerUrl }),
        }),
        HealthModule,
        ...(options.without.includes('console') ? [] : [ConsoleModule]),
        ...(options.without.includes('metrics') ? [] : [MetricsModule]),
        ...(options.without.includes('why') ? [] : [WhyModule]),
      ],
    };
  }
}
