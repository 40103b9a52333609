/**
 * Why a connection ended: the closed list (E6).
 *
 * A peer is never told. Its operator is: by the log, at the level given here, with the rule that was applied.
 */
import type { Violation } from '../protocol/violation.js';

export type EndingLevel = 'debug' | 'log' | 'warn' | 'error';

export interface EndingKind {
  /** Level of the log line: what happens at every party, what operators do, what a peer or we did wrong. */
  readonly level: EndingLevel;
  /** The rule of SPEC.md that was applied; see {@link ruleOf} for who has another. */
  readonly rule: string;
  /** The rule for a host, where it is another than for a player. */
  readonly hostRule?: string;
  /** The rule for a connection that has not logged in, where it is another. */
  readonly earlyRule?: string;
  /** Half a sentence for people, with the connection as its subject. */
  readonly meaning: string;
  /** WebSocket close status that the peer sees; none is silence. */
  readonly status?: number;
  /** Whether the TCP connection is reset at once, since nobody reads a close frame there. */
  readonly cutOff?: true;
}

export type Ending =
  | Violation
  | 'left'
  | 'left-before-login'
  | 'host-left'
  | 'code-taken'
  | 'no-such-code'
  | 'not-authorized'
  | 'too-large'
  | 'too-many-fragments'
  | 'login-timeout'
  | 'too-many-pending'
  | 'missed-heartbeat'
  | 'slow-reader'
  | 'outboxes-full'
  | 'flood'
  | 'room-full'
  | 'too-many-rooms'
  | 'too-many-connections'
  | 'origin-refused'
  | 'bad-request'
  | 'speaks-tls'
  | 'broken-off'
  | 'bad-handshake'
  | 'wrong-path'
  | 'too-many-connections-of-address'
  | 'too-many-new-connections-of-address'
  | 'too-many-requests'
  | 'too-many-failed-logins-of-address'
  | 'too-many-hosts-of-address'
  | 'backbone-away'
  | 'link-lost'
  | 'fenced'
  | 'protocol-error'
  | 'closed-by-operator'
  | 'draining'
  | 'shutdown'
  | 'internal-error';

export const ENDINGS: Readonly<Record<Ending, EndingKind>> = {
  left: { level: 'debug', rule: 'N2', hostRule: 'E1', meaning: 'closed its connection, or lost it' },
  'left-before-login': {
    level: 'log',
    rule: 'E13',
    meaning: 'opened a WebSocket and left before it logged in',
  },
  'host-left': { level: 'debug', rule: 'E1', meaning: 'was disconnected because its host is gone' },
  'code-taken': { level: 'warn', rule: 'L3', meaning: 'asked for a code that another host holds' },
  'no-such-code': { level: 'warn', rule: 'L5', meaning: 'named a code that no host holds' },
  'bad-login': { level: 'warn', rule: 'L8', meaning: 'began with something that is no login' },
  'not-authorized': { level: 'warn', rule: 'L16', meaning: 'was refused by the backend' },
  'not-json': { level: 'warn', rule: 'P8', earlyRule: 'L8', meaning: 'sent something that is not JSON' },
  'not-an-object': { level: 'warn', rule: 'P9', earlyRule: 'L8', meaning: 'sent JSON that is not an object' },
  'too-deep': { level: 'warn', rule: 'P10', earlyRule: 'L8', meaning: 'sent JSON that is nested too deep' },
  'too-large': { level: 'warn', rule: 'E12', earlyRule: 'A1', meaning: 'sent a message that is too large' },
  'too-many-fragments': { level: 'warn', rule: 'A2', meaning: 'sent a message in too many pieces' },
  'login-timeout': { level: 'warn', rule: 'A4', meaning: 'did not log in in time' },
  'too-many-pending': {
    level: 'warn',
    rule: 'A5',
    meaning: 'made room for a newer connection before it logged in',
  },
  'missed-heartbeat': {
    level: 'warn',
    rule: 'A6',
    hostRule: 'A7',
    meaning: 'was silent for too long',
    cutOff: true,
  },
  'slow-reader': {
    level: 'warn',
    rule: 'A8',
    hostRule: 'A10',
    meaning: 'read too slowly',
    cutOff: true,
  },
  'outboxes-full': {
    level: 'warn',
    rule: 'A11',
    meaning: 'had most waiting when all outboxes were full',
    cutOff: true,
  },
  flood: { level: 'warn', rule: 'A20', meaning: 'sent more than its rate for too long' },
  'room-full': { level: 'warn', rule: 'A12', meaning: 'asked for a room that is full' },
  'too-many-rooms': { level: 'warn', rule: 'A13', meaning: 'asked for a room when there were too many' },
  'too-many-connections': {
    level: 'warn',
    rule: 'A14',
    meaning: 'came when there were too many connections',
  },
  'origin-refused': { level: 'warn', rule: 'A22', meaning: 'came from a web page that may not connect' },
  'bad-request': { level: 'warn', rule: 'E13', meaning: 'sent something that is not an HTTP request' },
  'speaks-tls': { level: 'warn', rule: 'E13', meaning: 'spoke TLS, which the relay does not' },
  'broken-off': { level: 'warn', rule: 'E13', meaning: 'broke off in the middle of its request' },
  'bad-handshake': {
    level: 'warn',
    rule: 'E13',
    meaning: 'asked for a WebSocket in a way that RFC 6455 does not allow',
  },
  'wrong-path': { level: 'warn', rule: 'E13', meaning: 'asked for a WebSocket on a path that has none' },
  'too-many-connections-of-address': {
    level: 'warn',
    rule: 'A15',
    meaning: 'came from an address with too many connections',
  },
  'too-many-new-connections-of-address': {
    level: 'warn',
    rule: 'A16',
    meaning: 'came from an address that connects too often',
  },
  'too-many-requests': { level: 'warn', rule: 'A31', meaning: 'sent more HTTP requests than it may' },
  'too-many-failed-logins-of-address': {
    level: 'warn',
    rule: 'A17',
    meaning: 'came from an address that named too many wrong codes',
  },
  'too-many-hosts-of-address': {
    level: 'warn',
    rule: 'A18',
    meaning: 'came from an address that opens too many rooms',
  },
  'backbone-away': { level: 'warn', rule: 'B6', meaning: 'came when this node was cut off from the others' },
  'link-lost': { level: 'warn', rule: 'B4', meaning: 'lost its host, whose node could not be reached' },
  fenced: {
    level: 'warn',
    rule: 'B5',
    meaning: 'was cut off because another node may hold its code',
    cutOff: true,
  },
  'protocol-error': { level: 'warn', rule: 'E11', meaning: 'broke the WebSocket protocol' },
  'closed-by-operator': { level: 'log', rule: 'O9', meaning: 'was disconnected by the operator' },
  draining: { level: 'log', rule: 'O10', meaning: 'asked for a room while the relay takes no new ones' },
  shutdown: { level: 'debug', rule: 'E8', meaning: 'was disconnected because the relay stops', status: 1001 },
  'internal-error': { level: 'error', rule: 'E9', meaning: 'met an error of the relay' },
};

/** The rule of SPEC.md by which a host, a player, or a connection that has not logged in (undefined) ended. */
export function ruleOf(ending: Ending, role: 'host' | 'player' | undefined): string {
  const { rule, hostRule = rule, earlyRule = rule } = ENDINGS[ending];
  if (role === 'player') return rule;
  return role === 'host' ? hostRule : earlyRule;
}
