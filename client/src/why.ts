/** Asks the relay why it closed a connection. Relays that cannot tell, like the original one, are fine. */
import { CLOSED, type Reason } from './reason.js';
import type { Identity } from './role.js';

/** Answers that only a login gets. */
export const REFUSALS: readonly string[] = ['no-such-code', 'code-taken'];

const PATIENCE_MS = 1_500;

/** The relay's own words, or CLOSED if it has none within 1.5 s. Never rejects. */
export async function askWhy(relay: URL, who: Identity): Promise<Reason> {
  const question = new URL(`/v1/why?${new URLSearchParams(who).toString()}`, relay);
  question.protocol = relay.protocol.replace('ws', 'http');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<Reason>((resolve) => {
    timer = setTimeout(() => resolve(CLOSED), PATIENCE_MS);
  });
  const answer = fetch(question)
    .then(async (response) => (response.ok ? readAnswer(await response.json()) : CLOSED))
    .catch(() => CLOSED);
  const reason = await Promise.race([answer, silence]);
  clearTimeout(timer);
  return reason;
}

function readAnswer(answer: unknown): Reason {
  const { ending, hint } = (answer ?? {}) as { ending?: unknown; hint?: unknown };
  if (typeof ending !== 'string') return CLOSED;
  return { code: ending, text: typeof hint === 'string' ? hint : CLOSED.text };
}
