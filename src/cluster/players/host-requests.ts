/** What this node asks of the node that holds a code, for a host that logs in here. */
import type { HostQuestion } from '../../relay/session/backbone.js';
import { BrokerError } from '../broker/broker.js';
import type { Names } from '../broker/names.js';
import { questionBytes } from '../link/requests.js';
import type { SharedParts } from '../shared-parts.js';

/** The word that says yes; all others say no. */
export const YES = 'yes';

/** Milliseconds that a look at a silent host may take longer than its seconds: relays look once a second. */
const LOOK = 2_000;

export async function askHolder(
  { broker, timings, probeHost }: SharedParts,
  names: Names,
  serverCode: string,
  question: HostQuestion,
): Promise<boolean> {
  const patience = question.kind === 'probe' ? probeHost * 1_000 + LOOK : 0;
  try {
    const subject = names.join(serverCode);
    const answer = await broker.request(subject, questionBytes(question), timings.request + patience);
    return answer !== 'unheard' && answer.toString() === YES;
  } catch (error) {
    // The claim that follows tells whether the broker is away, and whether the code is taken.
    if (error instanceof BrokerError) return false;
    throw error;
  }
}
