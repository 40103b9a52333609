/** `/j/SNEK`: the short address that a game can print, whatever its controller's address is. */
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { Invitations } from './invitations.js';
import { PageReply } from './page-reply.js';
import { PartyFiles } from './party-files.js';
import { type PageRequest, rootOf } from './party-page.controller.js';

@Controller('j/:code')
export class JoinController {
  constructor(
    private readonly files: PartyFiles,
    private readonly invitations: Invitations,
    private readonly pages: PageReply,
  ) {}

  /** Forwards to the game; while there is none, a page says so and waits for it. */
  @Get()
  join(@Param('code') typed: string, @Req() request: PageRequest, @Res() response: unknown): void {
    const root = rootOf(request, 2);
    const code = this.invitations.openCode(typed);
    if (code !== undefined) return this.pages.redirect(response, this.invitations.controllerUrl(code, root));
    const page = this.files.fill('waiting.html', { code: typed.trim().toUpperCase(), root });
    this.pages.send(response, 'waiting.html', page);
  }

  /** What the waiting page asks: `{"open":false}`. */
  @Get('open')
  isOpen(@Param('code') typed: string, @Res() response: unknown): void {
    const open = this.invitations.openCode(typed) !== undefined;
    this.pages.send(response, 'open.json', JSON.stringify({ open }));
  }
}
