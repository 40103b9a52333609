/** The one secret of those who operate the relay, and the cookie that stands for it in their browsers. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bytes of a token that is made at the start; an operator does not have to type it. */
const RANDOM_BYTES = 24;

/** Characters of a hash that tell the cookies of two relays of one machine apart: cookies know no ports. */
const NAME_LENGTH = 8;

export class OperatorToken {
  /** Whether it was made at the start, since the operator chose none. */
  readonly isRandom: boolean;
  readonly text: string;
  readonly cookieName: string;
  /** Stands for the token without revealing it: a stolen cookie is useless once the token changes. */
  readonly cookieValue: string;

  /** @param chosen the option `operatorToken`; empty if the operator chose none. */
  constructor(chosen: string) {
    this.isRandom = chosen === '';
    this.text = this.isRandom ? randomBytes(RANDOM_BYTES).toString('base64url') : chosen;
    this.cookieName = `carparty-operator-${hashOf(this.text, 'name').toString('hex').slice(0, NAME_LENGTH)}`;
    this.cookieValue = hashOf(this.text, 'cookie').toString('base64url');
  }

  /** Takes as long for any text, whatever of it is right. */
  isToken(given: string): boolean {
    return isSame(given, this.text);
  }

  isCookie(given: string): boolean {
    return isSame(given, this.cookieValue);
  }
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((text) => hashOf(text, 'compare')) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}

function hashOf(text: string, purpose: string): Buffer {
  return createHmac('sha256', text).update(purpose).digest();
}
