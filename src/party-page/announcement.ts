/** Tells at the start where the party page is, and when phones cannot reach it which option helps. */
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ProgramOptions, RelayOptions } from '../config/relay-options.js';
import { OwnAddress } from '../http/own-address.js';
import { Reachability } from './reachability.js';

@Injectable()
export class Announcement implements OnApplicationBootstrap {
  private readonly logger = new Logger('PartyPage');

  constructor(
    private readonly own: OwnAddress,
    private readonly reachability: Reachability,
    private readonly options: RelayOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.own.onceListening(() => this.announce());
  }

  private announce(): void {
    const { port = 0, address: ip = '' } = this.own.listening ?? {};
    const { isLoopbackOnly, addresses } = this.reachability.now();
    const [address = isLoopbackOnly ? ip : 'localhost'] = addresses;
    const url = this.own.urlOf('party', address, port);
    const phones = isLoopbackOnly
      ? `on this computer only: phones cannot reach ${ip}; ${this.remedy()} lets them in`
      : 'on the big screen; phones in the same network scan its QR code';
    this.logger.log(`Open ${url} ${phones}`);
  }

  private remedy(): string {
    const isProgram = this.options instanceof ProgramOptions;
    return isProgram ? '--ip 0.0.0.0' : "app.listen(port, '0.0.0.0')";
  }
}
