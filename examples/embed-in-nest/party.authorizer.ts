/** Who may play: the relay asks here before a login takes effect. */
import { Injectable } from '@nestjs/common';
import { Authorizer, type HostLogin, type PlayerLogin } from 'carparty-relay';
import { GuestList } from './guests.module.js';

@Injectable()
export class PartyAuthorizer extends Authorizer {
  constructor(private readonly guests: GuestList) {
    super();
  }

  /** Only codes that a phone can type. */
  override authorizeHost({ serverCode }: HostLogin): boolean {
    return /^[A-Z0-9]{4,8}$/.test(serverCode);
  }

  override async authorizePlayer({ clientId }: PlayerLogin): Promise<boolean> {
    return !(await this.guests.isBanned(clientId));
  }
}
