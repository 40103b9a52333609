/** Where errors of the backbone stop: between it and those that call it, timers and the broker's client (E9). */
import type { Clock } from './clock.js';
import type { Broker, BrokerHandler, BrokerTable } from './broker/broker.js';
import type { SharedParts } from './shared-parts.js';

type Failed = (error: unknown) => void;

/** The same parts: what they call back never throws to them, and a message that cannot be sent is one that got lost. */
export function withBoundary(parts: SharedParts): SharedParts {
  const failed: Failed = (error) => parts.log.failed(error);
  return {
    ...parts,
    clock: boundedClock(parts.clock, failed),
    broker: new BoundedBroker(parts.broker, failed),
  };
}

function boundedClock(clock: Clock, failed: Failed): Clock {
  return {
    now: () => clock.now(),
    every: (ms, work) => clock.every(ms, () => attempt(work, failed)),
    after: (ms, work) => clock.after(ms, () => attempt(work, failed)),
  };
}

/** What is asked and awaited rejects, as it did: the code that awaits it knows what that means. */
class BoundedBroker implements Broker {
  constructor(
    private readonly broker: Broker,
    private readonly failed: Failed,
  ) {}

  get isConnected(): boolean {
    return this.broker.isConnected;
  }

  start(changed: (isConnected: boolean) => void | Promise<void>): void {
    this.broker.start((isConnected) => attempt(() => changed(isConnected), this.failed));
  }

  // Both ends of a link notice what is missing in it (B4).
  publish(subject: string, data: Buffer): void {
    attempt(() => this.broker.publish(subject, data), this.failed);
  }

  subscribe(subject: string, handler: BrokerHandler): () => void {
    const stop = this.broker.subscribe(subject, (sentTo, data, respond) => {
      const answer = (bytes: Buffer): void => attempt(() => respond(bytes), this.failed);
      attempt(() => handler(sentTo, data, answer), this.failed);
    });
    return () => attempt(stop, this.failed);
  }

  async request(subject: string, data: Buffer, timeout: number): Promise<Buffer | 'unheard'> {
    return this.broker.request(subject, data, timeout);
  }

  async unheard(subjects: readonly string[], timeout: number): Promise<string[]> {
    return this.broker.unheard(subjects, timeout);
  }

  async table(name: string, ttl?: number): Promise<BrokerTable> {
    return this.broker.table(name, ttl);
  }

  async close(): Promise<void> {
    await this.broker.close();
  }
}

function attempt(work: () => void | Promise<void>, failed: Failed): void {
  try {
    work()?.catch(failed);
  } catch (error) {
    failed(error);
  }
}
