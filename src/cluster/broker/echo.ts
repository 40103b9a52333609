/** A node hears what others say to it: it tries, before it calls itself one of many (B21). */
import { type Broker, BrokerError } from './broker.js';
import type { Names } from './names.js';

export class Echo {
  private isHeard = false;

  private readonly subjects: readonly string[];

  /** @param timeout milliseconds. */
  constructor(
    node: string,
    names: Names,
    private readonly broker: Broker,
    private readonly timeout: number,
  ) {
    this.subjects = names.echoes(node);
  }

  /** Tries until the node has heard itself once: a server that was away has the same permissions when it is back. @throws {BrokerError} */
  async expect(): Promise<void> {
    if (this.isHeard) return;
    const unheard = await this.broker.unheard(this.subjects, this.timeout);
    if (unheard.length > 0) {
      throw new BrokerError(
        `this node does not hear what it says itself at ${unheard.join(', ')}: ` +
          'its user at NATS needs the permissions to publish and to subscribe there',
      );
    }
    this.isHeard = true;
  }
}
