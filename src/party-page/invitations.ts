/** What the pages must know of the relay: whether a code is open, where phones are sent, and where it can be reached. */
import { Inject, Injectable, type OnModuleInit, Optional } from '@nestjs/common';
import { RelayOptions } from '../config/relay-options.js';
import type { AnyRequest } from '../relay/limits/any-request.js';
import { type DoorAnswer, Doorkeeper } from '../relay/service/doorkeeper.js';
import { MODULE_OPTIONS_TOKEN, type PartyPageOptions } from './party-page.module-definition.js';
import { Reachability } from './reachability.js';

@Injectable()
export class Invitations implements OnModuleInit {
  private readonly path: string;

  constructor(
    // Absent without `forRoot`, or when the factory of a backend has nothing to say.
    @Optional() @Inject(MODULE_OPTIONS_TOKEN) private readonly options: PartyPageOptions | undefined,
    private readonly reachability: Reachability,
    private readonly doorkeeper: Doorkeeper,
    { path }: RelayOptions,
  ) {
    this.path = path === '*' ? '/' : path;
  }

  /** Stops the start if the option can never work. */
  onModuleInit(): void {
    const controllerUrl = this.options?.controllerUrl;
    if (controllerUrl && !/^https?:\/\/.*\{code\}/.test(controllerUrl)) {
      throw new Error(`controllerUrl "${controllerUrl}" must be an http or https URL with {code} in it.`);
    }
  }

  /** The values that `screen.html` and `phone.html` are filled with. */
  describe(): Record<string, string> {
    const { isLoopbackOnly, addresses } = this.reachability.now();
    return { path: this.path, reach: isLoopbackOnly ? 'loopback' : 'network', address: addresses[0] ?? '' };
  }

  /** Whether there is an open room that the sender of the request means, who typed this. */
  ask(request: AnyRequest, typed: string): Promise<DoorAnswer> {
    const trimmed = typed.trim();
    return this.doorkeeper.ask(request, [trimmed, trimmed.toUpperCase()]);
  }

  /** Where a phone goes that wants to join; `root` leads to the party page. */
  controllerUrl(code: string, root: string): string {
    const template = this.options?.controllerUrl || `${root}party/{code}`;
    return template.replaceAll('{code}', encodeURIComponent(code));
  }
}
