import { Module } from '@nestjs/common';
import {
  Authorizer,
  ConsoleModule,
  HealthModule,
  MetricsModule,
  PartyPageModule,
  RelayModule,
  RelayMonitor,
  RelayService,
  WhyModule,
  type HostLogin,
  type PlayerLogin,
} from 'carparty-relay';
import { PartyHost, PartyPlayer, type Status } from 'carparty-relay/client';

class Doorman extends Authorizer {
  override authorizeHost(login: HostLogin): boolean {
    return login.serverCode.length > 3;
  }

  override authorizePlayer(login: PlayerLogin): Promise<boolean> {
    return Promise.resolve(login.clientId !== 'nobody');
  }
}

@Module({
  imports: [
    RelayModule.forRoot({ path: '/relay', authorizer: Doorman }),
    PartyPageModule.forRoot(),
    ...[ConsoleModule, HealthModule, MetricsModule, WhyModule],
  ],
})
export class GameModule {
  constructor(
    readonly relay: RelayService,
    readonly monitor: RelayMonitor,
  ) {}
}

export const host = new PartyHost<{ steer: number }>();
export const player: PartyPlayer<{ scene: string }> = new PartyPlayer({ code: 'SNEK' });
player.on('status', (status: Status) => status.state === 'joined');

// A package whose types are missing would be `any`, and this no error.
// @ts-expect-error
new PartyPlayer({ cod: 'SNEK' });
// @ts-expect-error
RelayModule.forRoot({ port: false });
