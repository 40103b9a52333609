/** What the backend was started with, for whichever module asks. */
import { type DynamicModule, Module } from '@nestjs/common';

export abstract class Settings {
  /** The path that the relay answers on; `*` for every path that no gateway of the backend has. */
  abstract readonly relayPath: string;
}

@Module({})
export class SettingsModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: SettingsModule,
      providers: [{ provide: Settings, useValue: settings }],
      exports: [Settings],
    };
  }
}
