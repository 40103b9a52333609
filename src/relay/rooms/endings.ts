/**
 * Why a connection ended: the closed list (E6), one table for the log, the ledger, the console and `/v1/why`.
 *
 * The protocol never tells a peer. Its operator reads it in the log, at the level given here, with the rule that was
 * applied; a client may ask, and learns whether to try again.
 */
import type { EndingFacts } from './endings/ending-kind.js';
import { LOGIN_ENDINGS } from './endings/login-endings.js';
import { REQUEST_ENDINGS } from './endings/request-endings.js';
import { SESSION_ENDINGS } from './endings/session-endings.js';

export type { EndingLevel, Retry } from './endings/ending-kind.js';

export type Ending = keyof typeof REQUEST_ENDINGS | keyof typeof LOGIN_ENDINGS | keyof typeof SESSION_ENDINGS;

export interface EndingKind extends EndingFacts {
  /** How far the connection had come: to a request, to an open WebSocket, or to a session; the last may come earlier too. */
  readonly phase: 'request' | 'login' | 'session';
}

export const ENDINGS: Readonly<Record<Ending, EndingKind>> = {
  ...inPhase('request', REQUEST_ENDINGS),
  ...inPhase('login', LOGIN_ENDINGS),
  ...inPhase('session', SESSION_ENDINGS),
};

function inPhase<Name extends string>(
  phase: EndingKind['phase'],
  facts: Readonly<Record<Name, EndingFacts>>,
): Record<Name, EndingKind> {
  const kinds = Object.entries<EndingFacts>(facts).map(([name, fact]) => [name, { phase, ...fact }]);
  return Object.fromEntries(kinds) as Record<Name, EndingKind>;
}

/** The rule of SPEC.md by which a host, a player, or a connection that has not logged in (undefined) ended. */
export function ruleOf(ending: Ending, role: 'host' | 'player' | undefined): string {
  const { rule, hostRule = rule, earlyRule = rule } = ENDINGS[ending];
  if (role === 'player') return rule;
  return role === 'host' ? hostRule : earlyRule;
}

/** All rules by which connections end so, whatever their roles: what is said of several at once. */
export function rulesOf(ending: Ending): string {
  const { rule, hostRule = rule, earlyRule = rule } = ENDINGS[ending];
  return [...new Set([rule, hostRule, earlyRule])].join(', ');
}

/** Whether the relay refused a request or a login, as against ending a session or seeing a peer leave. */
export function isRefusal(ending: Ending): boolean {
  const { phase, byPeer = false } = ENDINGS[ending];
  return phase !== 'session' && !byPeer;
}
