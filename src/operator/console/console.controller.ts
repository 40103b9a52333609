/** `GET /console`: the page, its files, and what it shows while it is open. */
import type { ServerResponse } from 'node:http';
import { Get, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { type AnyRequest, rawRequest } from '../../relay/limits/any-request.js';
import { OperatorGuard } from '../access/operator.guard.js';
import { TokenForm } from '../access/token-form.js';
import { RelayController } from '../../config/relay-controller.js';
import { interestIn, parametersOf } from './asked.js';
import { ConsoleFiles } from './console-files.js';
import { ConsoleReply, type FastifyReply, rawResponse } from './console-reply.js';
import { ConsoleService, MOST_VIEWERS } from './console.service.js';
import { Viewer } from './viewer.js';

@UseGuards(OperatorGuard)
@RelayController('console')
export class ConsoleController {
  constructor(
    private readonly files: ConsoleFiles,
    private readonly replies: ConsoleReply,
    private readonly console: ConsoleService,
  ) {}

  /** Works below any prefix: whether the address ends with a slash decides what is relative to it. */
  @UseFilters(TokenForm)
  @Get()
  page(@Req() request: AnyRequest, @Res() response: unknown): void {
    const [path = ''] = (rawRequest(request).url ?? '').split('?');
    this.replies.send(response, 'console.html', this.files.page(path.endsWith('/') ? '' : 'console/'));
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() response: unknown): void {
    this.replies.send(response, name, this.files.asset(name));
  }

  /** A stream that never ends. */
  @Get('live')
  live(@Req() request: AnyRequest, @Res() response: ServerResponse | FastifyReply): void {
    if (this.console.isFull) return this.full(response);
    const interest = interestIn(parametersOf(request));
    this.console.welcome(new Viewer(interest, rawResponse(response)));
  }

  private full(response: unknown): void {
    this.replies.json(response, 503, { message: `${MOST_VIEWERS} consoles are open already: close one.` });
  }
}
