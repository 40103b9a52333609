/** The party page, `/client.js` and `/j/SNEK`: all that the relay serves to browsers. Leave out the import and it is gone. */
import { type DynamicModule, Module } from '@nestjs/common';
import { expectSource } from '../config/async-options.js';
import type { ModuleMarks } from '../config/marked-module.js';
import { Announcement } from './announcement.js';
import { Invitations } from './invitations.js';
import { JoinController } from './join.controller.js';
import { PageReply } from './page-reply.js';
import { PartyFiles } from './party-files.js';
import { PartyPageController } from './party-page.controller.js';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type PartyPageOptions,
} from './party-page.module-definition.js';
import { OwnAddress } from '../http/own-address.js';
import { Reachability } from './reachability.js';

/** Import it beside `RelayModule`, with or without `forRoot`; it finds the relay's rooms by itself. */
@Module({
  controllers: [PartyPageController, JoinController],
  providers: [Announcement, Invitations, OwnAddress, PageReply, PartyFiles, Reachability],
})
export class PartyPageModule extends ConfigurableModuleClass {
  static override forRoot(options: PartyPageOptions & ModuleMarks = {}): DynamicModule {
    return super.forRoot(options);
  }

  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    expectSource('PartyPageModule', options);
    return super.forRootAsync(options);
  }
}
