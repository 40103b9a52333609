/** `GET /v1/why`: the protocol never tells a peer what went wrong, or that nothing did, but a peer may ask. */
import { Get, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RelayController } from '../../config/relay-controller.js';
import { RelayOptions } from '../../config/relay-options.js';
import { type Headers, replyJson, setHeaders } from '../../http/reply.js';
import type { EndingEntry } from '../ledger/entry.js';
import { Ledger, type Question } from '../ledger/ledger.js';
import { type AnyRequest, rawRequest } from '../../relay/limits/any-request.js';
import { ClientAddresses } from '../../relay/limits/client-addresses.js';
import { ENDINGS } from '../../relay/rooms/endings.js';
import { Presence } from '../../relay/service/presence.js';
import { Backbone } from '../../relay/session/backbone.js';
import { AskingLimit } from './asking-limit.js';
import { readQuestion } from './question.js';

/** Pages of games ask from their own origins; the answer is true for a moment only (O5). */
const HEADERS: Headers = {
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'no-store',
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
export class WhyController {
  private readonly limit: AskingLimit;

  constructor(
    private readonly ledger: Ledger,
    private readonly http: HttpAdapterHost,
    private readonly addresses: ClientAddresses,
    private readonly backbone: Backbone,
    private readonly presence: Presence,
    options: RelayOptions,
  ) {
    this.limit = new AskingLimit(options);
  }

  @Get()
  why(@Req() asked: AnyRequest, @Res() response: unknown): void {
    const request = rawRequest(asked);
    const address = this.addresses.of(request);
    const wait = this.limit.secondsToWait(address);
    if (wait > 0) return this.tooOften(response, wait);
    const question = readQuestion(request.url ?? '');
    if (question === undefined) return this.reply(response, 400, { ending: null, hint: HOW_TO_ASK });
    this.answer(response, address, question);
  }

  private answer(response: unknown, address: string, question: Question): void {
    const state = this.stateOf(address, question);
    const entry = this.ledger.answer(address, question);
    if (entry !== undefined) return this.reply(response, 200, { ...inWords(entry, question), ...state });
    if (state.connected.length > 0) return this.reply(response, 200, { ending: null, ...state });
    this.reply(response, 404, { ...(this.backbone.isShared ? NOT_HERE : NOWHERE), ...state });
  }

  /** The time of the answer, and since when who asks is connected: by one clock, so that no clock that is set matters. */
  private stateOf(address: string, { serverCode, clientId }: Question): State {
    const now = Date.now();
    const connected = this.presence
      .ages(address, serverCode, clientId)
      .map((age) => ({ since: new Date(now - age) }));
    return { now: new Date(now), connected };
  }

  private tooOften(response: unknown, seconds: number): void {
    setHeaders(this.http, response, { 'Retry-After': String(seconds) });
    this.reply(response, 429, { ending: null, hint: `Ask again in ${seconds} s.` });
  }

  private reply(response: unknown, status: number, answer: object): void {
    replyJson(this.http, response, status, HEADERS, answer);
  }
}

/** Dates become ISO times in JSON. */
interface State {
  readonly now: Date;
  /** The newest first. */
  readonly connected: readonly { readonly since: Date }[];
}

function inWords({ ending, rule, at }: EndingEntry, { serverCode }: Question): object {
  const { hint, phase, retry } = ENDINGS[ending];
  const text = hint.replace('{code}', () => serverCode);
  return { ending, rule, at, hint: text, refused: phase === 'login', retry };
}
