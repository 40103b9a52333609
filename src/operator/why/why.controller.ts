/** `GET /v1/why`: the protocol never tells a peer what went wrong, but a peer may ask. */
import { Get, type OnModuleInit, Req, Res } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { RelayController } from '../../config/relay-controller.js';
import { RelayOptions } from '../../config/relay-options.js';
import { Ledger } from '../ledger/ledger.js';
import { type AnyRequest, rawRequest } from '../../relay/limits/any-request.js';
import { ClientAddresses } from '../../relay/limits/client-addresses.js';
import { ENDINGS } from '../../relay/rooms/endings.js';
import { Backbone } from '../../relay/session/backbone.js';
import { AskingLimit } from './asking-limit.js';
import { readQuestion } from './question.js';

/** Pages of games ask from their own origins; the answer is true for a moment only (O5). */
const HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'no-store',
  'Content-Type': 'application/json; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
};

const HOW_TO_ASK =
  'Ask with /v1/why?server_code=SNEK&client_id=467: the code and id of the login. A host has no client_id.';

const NOWHERE = { ending: null };

/** Each node remembers the endings of the connections that it had itself. */
const NOT_HERE = {
  ending: null,
  hint: 'This node of the relay does not know such an ending. Another node may: ask the node of the login.',
};

@RelayController('v1/why')
export class WhyController implements OnModuleInit {
  private addresses!: ClientAddresses;
  private limit!: AskingLimit;
  private backbone!: Backbone;

  constructor(
    private readonly ledger: Ledger,
    private readonly http: HttpAdapterHost,
    private readonly modules: ModuleRef,
  ) {}

  /** The relay is found wherever in the backend it was imported. */
  onModuleInit(): void {
    this.addresses = this.modules.get(ClientAddresses, { strict: false });
    this.backbone = this.modules.get(Backbone, { strict: false });
    this.limit = new AskingLimit(this.modules.get(RelayOptions, { strict: false }));
  }

  @Get()
  why(@Req() asked: AnyRequest, @Res() response: unknown): void {
    const request = rawRequest(asked);
    const address = this.addresses.of(request);
    const wait = this.limit.secondsToWait(address);
    if (wait > 0) return this.tooOften(response, wait);
    const question = readQuestion(request.url ?? '');
    if (question === undefined) return this.reply(response, 400, { ending: null, hint: HOW_TO_ASK });
    const entry = this.ledger.answer(address, question);
    if (entry === undefined) return this.reply(response, 404, this.backbone.isShared ? NOT_HERE : NOWHERE);
    const { ending, rule, at } = entry;
    const { hint, phase, retry } = ENDINGS[ending];
    const inWords = hint.replace('{code}', () => question.serverCode);
    this.reply(response, 200, { ending, rule, at, hint: inWords, refused: phase === 'login', retry });
  }

  private tooOften(response: unknown, seconds: number): void {
    this.http.httpAdapter.setHeader(response, 'Retry-After', String(seconds));
    this.reply(response, 429, { ending: null, hint: `Ask again in ${seconds} s.` });
  }

  // Not by returning it: interceptors of the embedding backend may wrap what handlers return.
  private reply(response: unknown, status: number, answer: object): void {
    const { httpAdapter } = this.http;
    for (const [name, value] of Object.entries(HEADERS)) httpAdapter.setHeader(response, name, value);
    httpAdapter.reply(response, JSON.stringify(answer), status);
  }
}
