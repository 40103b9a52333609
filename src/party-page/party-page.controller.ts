/** `/party` for the big screen, `/party/SNEK` for phones, and `/client.js` for games of your own. */
import { Get, Param, Req, Res } from '@nestjs/common';
import { RelayController } from '../config/relay-controller.js';
import { type AnyRequest, rawRequest } from '../relay/limits/any-request.js';
import { Invitations } from './invitations.js';
import { PageReply } from './page-reply.js';
import { PartyFiles } from './party-files.js';

/**
 * From the asked address back to where everything is mounted, so that the pages work below any prefix: by as many
 * steps as there are segments, and one more for a slash at the end.
 */
export function rootOf(request: AnyRequest, segments: number): string {
  const [path = ''] = (rawRequest(request).url ?? '').split('?');
  return '../'.repeat(segments - (path.endsWith('/') ? 0 : 1)) || './';
}

/** From the asked address back to the root of the server, where its WebSockets are: below no prefix. */
function serverOf(request: AnyRequest): string {
  const [path = ''] = (rawRequest(request).url ?? '').split('?');
  return '../'.repeat(path.split('/').length - 2) || './';
}

@RelayController()
export class PartyPageController {
  constructor(
    private readonly files: PartyFiles,
    private readonly invitations: Invitations,
    private readonly pages: PageReply,
  ) {}

  @Get('client.js')
  client(@Res() response: unknown): void {
    this.pages.sendToAnyOrigin(response, 'client.js', this.files.client);
  }

  @Get('party')
  screen(@Req() request: AnyRequest, @Res() response: unknown): void {
    const values = { ...this.invitations.describe(), root: rootOf(request, 1), server: serverOf(request) };
    this.pages.send(response, 'screen.html', this.files.fill('screen.html', values));
  }

  @Get('party/assets/:name')
  asset(@Param('name') name: string, @Res() response: unknown): void {
    this.pages.send(response, name, name.endsWith('.html') ? undefined : this.files.find(name));
  }

  @Get('party/:code')
  phone(@Param('code') code: string, @Req() request: AnyRequest, @Res() response: unknown): void {
    const values = {
      ...this.invitations.describe(),
      code,
      root: rootOf(request, 2),
      server: serverOf(request),
    };
    this.pages.send(response, 'phone.html', this.files.fill('phone.html', values));
  }
}
