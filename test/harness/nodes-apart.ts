// Two nodes that tests take for one relay: hosts are on one, everybody else is on the other.
import type { Connection } from './connection.js';
import { Logs } from './logs.js';
import { NatsServer } from './nats-server.js';
import { Node, isUp, settleCodes } from './node.js';
import { type Host, Relay } from './one-relay.js';

/** What one node writes to its log, and what the other does, is one log. */
export class NodesApart extends Relay {
  private readonly nats = new NatsServer();
  private readonly ofHosts: Node;
  private readonly flags: string[];

  constructor(args: string[]) {
    const flags = [...args];
    super(flags, new Logs());
    this.flags = flags;
    this.ofHosts = new Node(flags, this.logs);
  }

  override async start(): Promise<void> {
    await this.nats.start();
    await settleCodes(this.nats.url);
    this.flags.push('--nats', this.nats.url);
    await super.start();
    await this.ofHosts.start();
    await isUp(this, 2);
  }

  override connectAsHost(): Promise<Connection> {
    return this.ofHosts.connect();
  }

  override host(code = this.code()): Promise<Host> {
    return this.ofHosts.host(code);
  }

  override async sweep(): Promise<void> {
    await super.sweep();
    await this.ofHosts.sweep();
  }

  override async kill(): Promise<void> {
    await super.kill();
    await this.ofHosts.kill();
    await this.nats.stop();
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.ofHosts.stop();
    await this.nats.stop();
  }
}
