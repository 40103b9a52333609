/** What `PartyPageModule.forRoot` and `forRootAsync` take. */
import { ConfigurableModuleBuilder } from '@nestjs/common';
import { type ModuleMarks, marked } from '../config/marked-module.js';

export interface PartyPageOptions {
  /**
   * Where `/j/SNEK` forwards to: the controller of your own game, with `{code}` in place of the code, as in
   * `https://car-party.de/?room={code}`. Unless given it is the party page.
   */
  readonly controllerUrl?: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<PartyPageOptions>({ moduleName: 'PartyPage' })
    .setClassMethodName('forRoot')
    .setExtras<ModuleMarks>({ decorators: [], openApi: false }, marked)
    .build();
