/** What `RelayModule.forRoot` and `forRootAsync` take. */
import {
  ConfigurableModuleBuilder,
  type DynamicModule,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import type { RelayOptions } from './config/relay-options.js';
import { Authorizer } from './session/authorizer.js';

export interface RelayModuleExtras {
  /** The class that is asked who may play; it may inject what `imports` export. Everybody may by default. */
  authorizer?: Type<Authorizer>;
  /** Modules whose exports the authorizer, or the factory of the options, injects. */
  imports?: ModuleMetadata['imports'];
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<Partial<RelayOptions>>({ moduleName: 'Relay' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createRelayOptions')
    .setExtras<RelayModuleExtras>({ authorizer: Authorizer, imports: [] }, withExtras)
    .build();

function withExtras(
  definition: DynamicModule,
  { authorizer = Authorizer, imports = [] }: RelayModuleExtras,
): DynamicModule {
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers: [...(definition.providers ?? []), { provide: Authorizer, useClass: authorizer }],
  };
}
