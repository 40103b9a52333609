// What the model's words are on the wire: the same script, the same witnesses, and the bytes of SPEC.md.
import type { Received } from '../../harness/connection.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { stamped } from '../../harness/stamp.js';
import type { Label, Said, Welcome } from '../witness.js';

export const ID = '467';

/** One message in ten is long. */
const FILLER = 'x'.repeat(3_000);

/** Every third message of a host is for its player alone. */
export function payloadOf({ life, n }: Label, isHost: boolean): string {
  const receiver = isHost && n % 3 === 0 ? { receiver_id: ID } : {};
  return JSON.stringify({ ...receiver, life, n, filler: n % 10 === 9 ? FILLER : '' });
}

/** What came to a host. */
export function readAsHost(message: Received): Welcome | Said {
  if (typeof message !== 'string') return readWords(message.toString());
  if (message === connectNotice(ID)) return { kind: 'connect' };
  if (message === disconnectNotice(ID)) return { kind: 'disconnect' };
  return readMessage(message, (label) => stamped(payloadOf(label, false), ID));
}

/** What came to a phone. */
export function readAsPhone(message: Received): Welcome | Said {
  const text = String(message);
  return text.startsWith('{"$relay":"')
    ? readWords(text)
    : readMessage(text, (label) => payloadOf(label, true));
}

function readWords(text: string): Welcome | Said {
  const words = JSON.parse(text) as Omit<Welcome, 'isHostAway'> & { $relay: string; host?: string };
  const { $relay: word, stream, resumed, got, host } = words;
  if (word === 'welcome') return { stream, resumed, got, isHostAway: host === 'away' };
  if (word === 'away') return { kind: 'away' };
  if (word === 'back') return { kind: 'back', resumed };
  throw new Error(`the relay says ${text}`);
}

function readMessage(text: string, due: (label: Label) => string): Said {
  const { life, n } = JSON.parse(text) as Label;
  const label = { life, n };
  if (text !== due(label)) throw new Error(`changed on its way: ${text.slice(0, 80)}`);
  return { kind: 'message', label };
}
