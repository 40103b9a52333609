/** What this node asks of the node that holds a code, for a host that logs in here. */
import type { HostQuestion } from '../../relay/session/backbone.js';
import { BrokerError } from '../broker/broker.js';
import type { Names } from '../broker/names.js';
import { wait } from '../clock.js';
import { questionBytes } from '../link/requests.js';
import type { SharedParts } from '../shared-parts.js';

/** The word that says yes; all others say no. */
export const YES = 'yes';

/** Milliseconds that a look at a silent host may take longer than its seconds: relays look once a second. */
const LOOK = 2_000;

export class HostRequests {
  /** @param isHeld resolves to whether another node holds the code, also one that does not hear. */
  constructor(
    private readonly names: Names,
    private readonly parts: SharedParts,
    private readonly isHeld: (serverCode: string) => Promise<boolean>,
  ) {}

  async ask(serverCode: string, question: HostQuestion): Promise<boolean> {
    try {
      const first = await this.askOnce(serverCode, question);
      if (first !== 'unheard' || !(await this.isHeld(serverCode))) return first === YES;
      // Its node may hold the code for so short a time that the broker does not know yet who hears the question.
      await wait(this.parts.clock, this.parts.timings.secondAsking);
      return (await this.askOnce(serverCode, question)) === YES;
    } catch (error) {
      // The claim that follows tells whether the broker is away, and whether the code is taken.
      if (error instanceof BrokerError) return false;
      throw error;
    }
  }

  private async askOnce(serverCode: string, question: HostQuestion): Promise<string> {
    const { broker, timings, probeHost } = this.parts;
    const patience = question.kind === 'probe' ? probeHost * 1_000 + LOOK : 0;
    const subject = this.names.join(serverCode);
    const answer = await broker.request(subject, questionBytes(question), timings.request + patience);
    return answer.toString();
  }
}
