/** Why a peer has gone, in words that do not need knowledge of the code. */
import { type EndingEntry, type FindingEntry, isFinding, type LedgerEntry } from '../ledger/entry.js';
import { MISTAKES } from '../ledger/finding.js';
import { ENDINGS, isRefusal } from '../../relay/rooms/endings.js';
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
  if (isRefusal(ending)) return 'refused';
  return ENDINGS[ending].level === 'warn' ? 'broken' : 'left';
}

/** "467 was refused: no game is running under SNEX; did it mean SNEK?" */
export function reasonOf(entry: EndingEntry, clue: Clue = {}): Sentence {
  const { ending, serverCode = '' } = entry;
  const [before = '', after] = ` ${ENDINGS[ending].meaning}`.split('{code}');
  const code: Part[] = after === undefined ? [] : [{ said: serverCode }, ...(after === '' ? [] : [after])];
  const end = ending === 'no-such-code' ? clueIn(serverCode, clue) : ['.'];
  return [...subjectOf(entry), before, ...code, ...end];
}

/** "The game SNEK sends a receiver_id that is not a string, so that no player gets the message." */
export function mistakeOf({ serverCode, finding }: FindingEntry): Sentence {
  return ['The game ', { said: serverCode }, ` ${MISTAKES[finding].meaning}.`];
}

function subjectOf({ role, serverCode, clientId, ending, address, times }: EndingEntry): Part[] {
  if (clientId !== undefined) {
    const isNamed = isRefusal(ending) || serverCode === undefined;
    return [{ said: clientId }, ...(isNamed ? [] : [' in ', { said: serverCode }])];
  }
  if (role === 'host' && serverCode !== undefined) return ['The game ', { said: serverCode }];
  if (times > 1) return ['A device at ', { said: address }, ` (${times} times)`];
  return ['A device at ', { said: address }];
}

function clueIn(serverCode: string, { meant, endedBefore }: Clue): Part[] {
  if (meant === serverCode) return ['; that game has opened since.'];
  if (meant !== undefined) return ['; did it mean ', { said: meant }, '?'];
  if (endedBefore === undefined) return ['.'];
  const seconds = Math.max(1, Math.round(endedBefore / 1_000));
  return [
    `; that game had ended ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} earlier.`,
  ];
}
