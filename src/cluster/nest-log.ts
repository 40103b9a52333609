/** What operators see of the cluster: log lines, and whether the node is ready. */
import { Logger } from '@nestjs/common';
import type { Readiness } from '../relay/rooms/readiness.js';
import type { BackboneState } from '../relay/session/backbone.js';
import type { LinkLoss } from '../relay/session/backbone-counters.js';
import { SYSTEM_CLOCK } from './clock.js';
import { BrokerError, BrokerFullError } from './broker/broker.js';
import { Said } from './said.js';
import type { BackboneLog } from './shared-parts.js';

const FULL =
  'JetStream has no space left: no host is let in until hosts leave, or until it has more. ' +
  'Raise max_file_store of the nats-server, or the limit of the account or the bucket';

/** What can be said again and again is said once a minute. */
export class NestLog implements BackboneLog {
  private readonly logger = new Logger('Backbone');
  private readonly complaints = new Said(() => SYSTEM_CLOCK.now(), 20);
  private readonly links = new Said(() => SYSTEM_CLOCK.now(), 20);
  private readonly bugs = new Said(() => SYSTEM_CLOCK.now(), 100);
  private wasUp = false;

  /** @param servers where NATS is looked for; no passwords. */
  constructor(
    private readonly readiness: Readiness,
    private readonly servers: string,
  ) {
    readiness.set('no-backbone', true);
  }

  stateChanged(state: BackboneState): void {
    this.readiness.set('no-backbone', state !== 'up');
    this.wasUp ||= state === 'up';
    // The line of the error has said it, and why.
    if (state === 'full') return;
    if (state === 'away')
      this.logger.warn('This node is cut off: it takes no new hosts, and its own rooms go on');
    else this.logger.log(`This node is ${state}`);
  }

  linkLost(node: string, loss: LinkLoss): void {
    const line = this.links.tell(`The link to node ${node} is lost (${loss})`);
    if (line !== undefined) this.logger.warn(line, { node, loss });
  }

  fenced(): void {
    // Each of its connections is logged with its ending.
  }

  failed(error: unknown): void {
    if (!(error instanceof BrokerError)) return this.erred(error);
    const line = this.complaints.tell(this.complaint(error));
    if (line !== undefined) this.logger.warn(line);
  }

  /** An error of ours (E9). */
  private erred(error: unknown): void {
    const line = this.bugs.tell(describe(error));
    if (line !== undefined) this.logger.error(line, error instanceof Error ? error.stack : undefined);
  }

  private complaint(error: BrokerError): string {
    if (error instanceof BrokerFullError) return `${FULL} (${rootOf(error)})`;
    if (this.wasUp) return describe(error);
    return `No host is let in until NATS is there for this node (--nats ${this.servers}): ${describe(error)}`;
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${rootOf(error)}` : error.message;
}

/** What an error was caused by in the end. */
function rootOf(error: Error): string {
  return error.cause instanceof Error ? rootOf(error.cause) : error.message;
}
