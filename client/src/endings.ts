/** What the relay calls the end of a connection, in sentences for guests: its own are for operators. */
import { CLOSED, LOST, type Reason } from './reason.js';

const BUSY = 'Too many devices at once. Please wait a moment.';

/** `{code}` is the code of the party. */
const SENTENCES: Readonly<Record<string, string>> = {
  'no-such-code': 'No game is running under {code}.',
  'code-taken': 'Another game already runs under {code}.',
  'host-left': 'The game under {code} has ended.',
  'room-full': 'The game under {code} is full.',
  'id-taken': 'This player is already here, on another device or in another tab.',
  'not-authorized': 'This device may not join {code}.',
  replaced: 'This game is open in another tab or window.',
  'too-many-pending': BUSY,
  'too-many-rooms': BUSY,
  'too-many-failed-logins-of-address': BUSY,
  'too-many-hosts-of-address': BUSY,
  'taken-over': LOST.text,
  'missed-heartbeat': LOST.text,
  'link-lost': LOST.text,
  fenced: LOST.text,
};

/** The relay would answer the same. */
const FINAL: readonly string[] = ['replaced', 'id-taken', 'bad-login', 'not-authorized'];

/** What a relay may say besides the name of an ending. */
export type Facts = Pick<Reason, 'detail' | 'retry' | 'refused'>;

export function reasonFor(ending: string, serverCode: string, facts: Facts): Reason {
  return {
    code: ending,
    text: (SENTENCES[ending] ?? CLOSED.text).replace('{code}', () => serverCode),
    retry: FINAL.includes(ending) ? 'never' : 'later',
    ...facts,
  };
}
