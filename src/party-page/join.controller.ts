/** `/j/SNEK`: the short address that a game can print, whatever its controller's address is. */
import { Get, Param, Req, Res } from '@nestjs/common';
import { RelayController } from '../config/relay-controller.js';
import type { AnyRequest } from '../relay/limits/any-request.js';
import { Invitations } from './invitations.js';
import { PageReply } from './page-reply.js';
import { PartyFiles } from './party-files.js';
import { rootOf } from './party-page.controller.js';
import { sayingOf } from './sayings.js';

@RelayController('j/:code')
export class JoinController {
  constructor(
    private readonly files: PartyFiles,
    private readonly invitations: Invitations,
    private readonly pages: PageReply,
  ) {}

  /** Forwards to the game; while there is none, or that is not told, a page says so and waits for it. */
  @Get()
  async join(
    @Param('code') typed: string,
    @Req() request: AnyRequest,
    @Res() response: unknown,
  ): Promise<void> {
    const root = rootOf(request, 2);
    const answer = await this.invitations.ask(request, typed);
    if (answer.is === 'open')
      return this.pages.redirect(response, this.invitations.controllerUrl(answer.serverCode, root));
    const code = typed.trim().toUpperCase();
    const { status, title, advice, retryAfter } = sayingOf(answer, code);
    const page = this.files.fill('waiting.html', { code, root, title, advice, answer: answer.is });
    this.pages.send(response, 'waiting.html', page, { status, retryAfter });
  }

  /** What the waiting page asks: `{"open":false}`, or `{"open":null}` and why if that is not told. */
  @Get('open')
  async isOpen(
    @Param('code') typed: string,
    @Req() request: AnyRequest,
    @Res() response: unknown,
  ): Promise<void> {
    const answer = await this.invitations.ask(request, typed);
    if (answer.is === 'open') return this.say(response, { open: true });
    if (answer.is === 'closed') return this.say(response, { open: false });
    const { title, ...reply } = sayingOf(answer, typed);
    this.pages.send(response, 'open.json', JSON.stringify({ open: null, hint: title }), reply);
  }

  private say(response: unknown, answer: { readonly open: boolean }): void {
    this.pages.send(response, 'open.json', JSON.stringify(answer));
  }
}
