/** `GET /` of the program: what this server is, for a visitor who has only its address. */
import { Controller, Get, Res } from '@nestjs/common';
import { PageReply } from '../party-page/page-reply.js';
import { PartyFiles } from '../party-page/party-files.js';

const DOCUMENTATION = 'https://github.com/carparty-relay/carparty-relay#readme';

/** Of the program alone: the `/` of a larger backend is its own (O25). */
@Controller()
export class HomeController {
  constructor(
    private readonly files: PartyFiles,
    private readonly pages: PageReply,
  ) {}

  @Get()
  home(@Res() response: unknown): void {
    this.pages.send(response, 'home.html', this.files.fill('home.html', { docs: DOCUMENTATION }));
  }
}
