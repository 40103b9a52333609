/** What `RelayModule.forRoot` and `forRootAsync` take. */
import {
  ConfigurableModuleBuilder,
  type DynamicModule,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { type ModuleMarks, marked } from './config/marked-module.js';
import type { RelayOptions } from './config/relay-options.js';
import { GLOBALS } from './relay/gateway/login/login-pipelines.js';
import { RelayGateway } from './relay/gateway/relay.gateway.js';
import { Authorizer } from './relay/session/authorizer.js';

export interface RelayModuleExtras extends Pick<ModuleMarks, 'decorators'> {
  /** The class that is asked who may play; it may inject what `imports` export. Everybody may by default. */
  authorizer?: Type<Authorizer>;
  /** Modules whose exports the authorizer, or the factory of the options, injects. */
  imports?: ModuleMetadata['imports'];
  /**
   * Whether the global guards, pipes and interceptors of the backend run on logins, which are not requests; a guard then
   * sees a `LoginSocket` with `ip` and `request`. They do not by default.
   */
  globals?: boolean;
}

/** A class that knows the options, for `RelayModule.forRootAsync({ useClass })` and `useExisting`. */
export interface RelayOptionsFactory {
  createRelayOptions(): Partial<RelayOptions> | Promise<Partial<RelayOptions>>;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<Partial<RelayOptions>>({ moduleName: 'Relay' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createRelayOptions')
    .setExtras<RelayModuleExtras>(
      { authorizer: Authorizer, decorators: [], imports: [], globals: false },
      withExtras,
    )
    .build();

function withExtras(
  definition: DynamicModule,
  { authorizer = Authorizer, decorators = [], imports = [], globals = false }: RelayModuleExtras,
): DynamicModule {
  const extended = {
    ...definition,
    imports: [...(definition.imports ?? []), ...imports],
    providers: [
      ...(definition.providers ?? []),
      { provide: Authorizer, useClass: authorizer },
      { provide: GLOBALS, useValue: globals },
    ],
  };
  return marked(extended, { decorators }, [RelayGateway]);
}
