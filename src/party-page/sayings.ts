/** What a phone shows while it cannot join yet, and the HTTP status for it. */
import type { DoorAnswer } from '../relay/service/doorkeeper.js';

interface Saying {
  readonly status: 200 | 429 | 503;
  readonly title: string;
  readonly advice: string;
  /** Seconds after which asking again may help. */
  readonly retryAfter?: number;
}

/** Seconds in which a node may be one of many again. */
const SOON = 2;

export function sayingOf(answer: Exclude<DoorAnswer, { is: 'open' }>, code: string): Saying {
  switch (answer.is) {
    case 'closed':
      return {
        status: 200,
        title: `No game is running under ${code}`,
        advice: 'Check the code on the big screen.',
      };
    case 'untold':
      return {
        status: 429,
        title: 'Too many wrong codes came from this network',
        advice: 'The relay does not check further codes at the moment.',
        retryAfter: answer.seconds,
      };
    case 'unknown':
      return {
        status: 503,
        title: 'The relay cannot look for games at the moment',
        advice: 'A part of it is cut off from the rest. This usually lasts only a moment.',
        retryAfter: SOON,
      };
  }
}
