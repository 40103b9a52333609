/** What the backend consists of; the relay is one module among others. */
import { type DynamicModule, Module } from '@nestjs/common';
import { RelayModule } from 'carparty-relay';
import { ChatGateway } from './chat.gateway.js';
import { GuestsModule } from './guests.module.js';
import { PartyAuthorizer } from './party.authorizer.js';
import { RoomsController } from './rooms.controller.js';
import { Settings, SettingsModule } from './settings.module.js';

@Module({ controllers: [RoomsController], providers: [ChatGateway] })
export class BackendModule {
  static with(settings: Settings): DynamicModule {
    const settingsModule = SettingsModule.with(settings);
    return {
      module: BackendModule,
      imports: [
        GuestsModule,
        RelayModule.forRootAsync({
          imports: [settingsModule, GuestsModule],
          inject: [Settings],
          useFactory: ({ relayPath }: Settings) => ({ path: relayPath, maxMessageSize: 64 * 1024 }),
          authorizer: PartyAuthorizer,
        }),
      ],
    };
  }
}
