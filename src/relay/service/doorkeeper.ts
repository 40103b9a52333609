/** Tells peers who ask by HTTP whether a code is open. There is no other way to ask: this one has its price (A17). */
import { Injectable } from '@nestjs/common';
import { BackboneAway } from '../session/backbone.js';
import { AddressLimits } from '../limits/address-limits.js';
import { type AnyRequest, rawRequest } from '../limits/any-request.js';
import { ClientAddresses } from '../limits/client-addresses.js';
import { LONGEST_CODE } from '../protocol/login.js';
import { RelayService } from './relay.service.js';

export type DoorAnswer =
  | { readonly is: 'open'; readonly serverCode: string }
  | { readonly is: 'closed' }
  /** The address has asked for too many codes, and gets no answer for that many seconds. */
  | { readonly is: 'untold'; readonly seconds: number }
  /** Only other nodes know, and they cannot be asked. */
  | { readonly is: 'unknown' };

@Injectable()
export class Doorkeeper {
  constructor(
    private readonly addresses: ClientAddresses,
    private readonly limits: AddressLimits,
    private readonly relay: RelayService,
  ) {}

  /** @param spellings of one code, the likeliest first: together they cost what one does. */
  async ask(asked: AnyRequest, spellings: readonly string[]): Promise<DoorAnswer> {
    const codes = [...new Set(spellings)].filter(isCode);
    const question = this.limits.ask(this.addresses.of(rawRequest(asked)), codes);
    let answer: DoorAnswer = { is: 'unknown' };
    try {
      const serverCode = await this.firstOpen(question.codes);
      if (serverCode !== undefined) answer = { is: 'open', serverCode };
      else answer = question.wait > 0 ? { is: 'untold', seconds: question.wait } : { is: 'closed' };
    } catch (error) {
      if (!(error instanceof BackboneAway)) throw error;
    } finally {
      question.settle(answer.is === 'closed');
    }
    return answer;
  }

  private async firstOpen(codes: readonly string[]): Promise<string | undefined> {
    for (const code of codes) if (await this.relay.isOpen(code)) return code;
    return undefined;
  }
}

/** Whether a host can have it (L7). */
function isCode(text: string): boolean {
  return text !== '' && Buffer.byteLength(text) <= LONGEST_CODE;
}
