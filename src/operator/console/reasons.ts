/** Why somebody is gone, in the words of somebody who knows no code. */
import { type EndingEntry, type FindingEntry, isFinding, type LedgerEntry } from '../ledger/entry.js';
import { MISTAKES } from '../ledger/finding.js';
import { ENDINGS, type Ending } from '../../relay/rooms/endings.js';
import type { LedgerKind, Part, Sentence } from './look.js';

/** What is known beyond the entry of who named a wrong code. */
export interface Clue {
  /** An open code that is much like the one that was named. */
  readonly meant?: string | undefined;
  /** Milliseconds since the game under that code has ended. */
  readonly endedBefore?: number | undefined;
}

export function kindOf(entry: LedgerEntry): LedgerKind {
  if (isFinding(entry)) return 'finding';
  const { ending } = entry;
  if (ENDINGS[ending].level === 'error') return 'fault';
  if (ending in REFUSALS) return 'refused';
  return ENDINGS[ending].level === 'warn' ? 'broken' : 'left';
}

/** "467 was refused: no game is running under SNEX; did it mean SNEK?" */
export function reasonOf(entry: EndingEntry, clue: Clue = {}): Sentence {
  const { ending, serverCode = '' } = entry;
  const refusal = REFUSALS[ending];
  if (refusal === undefined) return [...subjectOf(entry), ` ${ENDINGS[ending].meaning}.`];
  const [before = '', after] = refusal.split('{code}');
  const code: Part[] = after === undefined ? [] : [{ said: serverCode }, ...(after === '' ? [] : [after])];
  const end = ending === 'no-such-code' ? clueIn(serverCode, clue) : ['.'];
  return [...subjectOf(entry), ' was refused: ', before, ...code, ...end];
}

/** "The game SNEK sends a receiver_id that is not text, so that nobody gets the message." */
export function mistakeOf({ serverCode, finding }: FindingEntry): Sentence {
  return ['The game ', { said: serverCode }, ` ${MISTAKES[finding].meaning}.`];
}

function subjectOf({ role, serverCode, clientId, ending, address, times }: EndingEntry): Part[] {
  if (clientId !== undefined) {
    const isNamed = ending in REFUSALS || serverCode === undefined;
    return [{ said: clientId }, ...(isNamed ? [] : [' in ', { said: serverCode }])];
  }
  if (role === 'host' && serverCode !== undefined) return ['The game ', { said: serverCode }];
  if (times > 1) return ['A device at ', { said: address }, ` (${times} times)`];
  return ['A device at ', { said: address }];
}

function clueIn(serverCode: string, { meant, endedBefore }: Clue): Part[] {
  if (meant === serverCode) return ['; by now there is one.'];
  if (meant !== undefined) return ['; did it mean ', { said: meant }, '?'];
  if (endedBefore === undefined) return ['.'];
  const seconds = Math.max(1, Math.round(endedBefore / 1_000));
  return [
    `; that game had ended ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} before.`,
  ];
}

/** Endings of those who never got in. An ending that is not here is told by its meaning. */
const REFUSALS: Readonly<Partial<Record<Ending, string>>> = {
  'no-such-code': 'no game is running under {code}',
  'code-taken': 'another game already runs under {code}',
  'room-full': 'the game {code} has as many players as it may have',
  'not-authorized': 'the backend did not let it into {code}',
  'too-many-rooms': 'there are as many games as there may be',
  'backbone-away': 'this node is cut off from the others',
  draining: 'the relay is draining and takes no new game',
  'bad-login': 'its first message is no login',
  'login-timeout': 'it connected and did not log in in time',
  'too-many-pending': 'too many devices connected at once and did not log in',
  'too-many-connections': 'there are as many connections as there may be',
  'origin-refused': 'its web page may not connect',
  'bad-request': 'it sent something that is not an HTTP request',
  'speaks-tls': 'it spoke TLS, which the relay does not',
  'bad-handshake': 'it asked for a WebSocket in a way that RFC 6455 does not allow',
  'wrong-path': 'there is no WebSocket on the path that it asked for',
  'too-many-connections-of-address': 'its address has as many connections as it may have',
  'too-many-new-connections-of-address': 'its address connects too often',
  'too-many-requests': 'it sent more HTTP requests than it may',
  'too-many-failed-logins-of-address': 'its address named too many wrong codes',
  'too-many-hosts-of-address': 'its address opens too many games',
};
