/** What an operator can do from the console. Each action is logged. */
import { Logger, Post, Req, Res, UseGuards } from '@nestjs/common';
import { OperatorGuard } from '../access/operator.guard.js';
import { RelayController } from '../../config/relay-controller.js';
import { escapeForLog } from '../../relay/logging/escape.js';
import type { AnyRequest } from '../../relay/limits/any-request.js';
import { RelayMonitor } from '../../relay/service/relay.monitor.js';
import { BackboneAway } from '../../relay/session/backbone.js';
import { parametersOf } from './asked.js';
import { ConsoleReply } from './console-reply.js';

/** They take what they need from the query: a backend may read bodies as it likes. */
@UseGuards(OperatorGuard)
@RelayController('console')
export class ActionsController {
  private readonly logger = new Logger('Console');

  constructor(
    private readonly replies: ConsoleReply,
    private readonly monitor: RelayMonitor,
  ) {}

  @Post('close-room')
  async closeRoom(@Req() request: AnyRequest, @Res() response: unknown): Promise<void> {
    const code = parametersOf(request).get('server_code') ?? '';
    const count = this.monitor.closeRoomAnywhere(code).then(Number);
    await this.answer(response, count, `closed room ${escapeForLog(code)}`);
  }

  /** All players of the room that share the id are ended. */
  @Post('end-player')
  async endPlayer(@Req() request: AnyRequest, @Res() response: unknown): Promise<void> {
    const parameters = parametersOf(request);
    const [code, id] = [parameters.get('server_code') ?? '', parameters.get('client_id') ?? ''];
    const count = this.monitor.endPlayersAnywhere(code, id);
    await this.answer(response, count, `ended player ${escapeForLog(id)} of room ${escapeForLog(code)}`);
  }

  @Post('drain')
  async drain(@Req() request: AnyRequest, @Res() response: unknown): Promise<void> {
    const isDraining = parametersOf(request).get('on') !== 'false';
    this.monitor.drain(isDraining);
    await this.answer(response, Promise.resolve(1), isDraining ? 'drains the relay' : 'lets games in again');
  }

  /** @param doing resolves to how many rooms or players it was done to. */
  private async answer(response: unknown, doing: Promise<number>, deed: string): Promise<void> {
    try {
      const count = await doing;
      if (count > 0) this.logger.log(`An operator ${deed}`);
      this.replies.json(response, count > 0 ? 200 : 404, { count });
    } catch (error) {
      if (!(error instanceof BackboneAway)) throw error;
      this.logger.warn(`An operator may not have ${deed}: no other node answered`);
      this.replies.json(response, 503, { message: error.message });
    }
  }
}
