/**
 * Why a connection ended: the closed list (E6).
 *
 * A peer is never told. Its operator is: by the log, at the level given here, with the rule that was applied.
 */
import type { Violation } from '../protocol/violation.js';

export type EndingLevel = 'debug' | 'warn' | 'error';

export interface EndingKind {
  /** Level of the log line: what happens at every party, what a peer did wrong, what we did wrong. */
  readonly level: EndingLevel;
  /** The rule of SPEC.md that was applied. */
  readonly rule: string;
  /** Half a sentence for people, with the connection as its subject. */
  readonly meaning: string;
  /** WebSocket close status that the peer sees; none is silence. */
  readonly status?: number;
}

export type Ending =
  | Violation
  | 'left'
  | 'host-left'
  | 'code-taken'
  | 'no-such-code'
  | 'not-authorized'
  | 'too-large'
  | 'protocol-error'
  | 'shutdown'
  | 'internal-error';

export const ENDINGS: Readonly<Record<Ending, EndingKind>> = {
  left: { level: 'debug', rule: 'N2', meaning: 'closed its connection, or lost it' },
  'host-left': { level: 'debug', rule: 'E1', meaning: 'was disconnected because its host is gone' },
  'code-taken': { level: 'warn', rule: 'L3', meaning: 'asked for a code that another host holds' },
  'no-such-code': { level: 'warn', rule: 'L5', meaning: 'named a code that no host holds' },
  'bad-login': { level: 'warn', rule: 'L8', meaning: 'began with something that is no login' },
  'not-authorized': { level: 'warn', rule: 'L16', meaning: 'was refused by the backend' },
  'not-json': { level: 'warn', rule: 'P8', meaning: 'sent something that is not JSON' },
  'not-an-object': { level: 'warn', rule: 'P9', meaning: 'sent JSON that is not an object' },
  'too-deep': { level: 'warn', rule: 'P10', meaning: 'sent JSON that is nested too deep' },
  'too-large': { level: 'warn', rule: 'E12', meaning: 'sent a message that is too large' },
  'protocol-error': { level: 'warn', rule: 'E11', meaning: 'broke the WebSocket protocol' },
  shutdown: { level: 'debug', rule: 'E8', meaning: 'was disconnected because the relay stops', status: 1001 },
  'internal-error': { level: 'error', rule: 'E9', meaning: 'met an error of the relay' },
};
