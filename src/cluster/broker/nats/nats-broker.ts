/** NATS as the broker: core subjects for messages, JetStream's key-value buckets for tables. */
import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import {
  type ConnectionOptions,
  type Msg,
  type NatsConnection,
  connect,
  errors,
} from '@nats-io/transport-node';
import { type Broker, BrokerError, type BrokerHandler, type BrokerTable } from '../broker.js';
import { unheard } from './echo.js';
import { connectionError, brokerError } from './nats-errors.js';
import { NatsTable, countsPurges } from './nats-table.js';

/** Milliseconds between two attempts to reach a broker for the first time. */
const RETRY = 500;

/** Where clients hear the answers to their requests. */
const INBOX = '_INBOX.';

interface Hearing {
  readonly subject: string;
  readonly handler: BrokerHandler;
  stop: (() => void) | undefined;
}

/**
 * The client reconnects for ever and reports a lost server: a cut cable after two pings without an answer.
 * The links find out what it does not report, such as a cut between two servers.
 */
export class NatsBroker implements Broker {
  isConnected = false;
  private connection: NatsConnection | undefined;
  private changed: (isConnected: boolean) => void | Promise<void> = () => undefined;
  private readonly hearings = new Set<Hearing>();
  private retry: NodeJS.Timeout | undefined;
  private isClosed = false;
  private isHeard = false;

  /** @param failed called when NATS cannot be reached, or complains. */
  constructor(
    private readonly options: ConnectionOptions,
    private readonly replicas: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(changed: (isConnected: boolean) => void | Promise<void>): void {
    this.changed = changed;
    void this.connect();
  }

  publish(subject: string, data: Buffer): void {
    this.connection?.publish(subject, data);
  }

  subscribe(subject: string, handler: BrokerHandler): () => void {
    const hearing: Hearing = { subject, handler, stop: undefined };
    this.hearings.add(hearing);
    if (this.connection !== undefined) this.hear(hearing, this.connection);
    return () => {
      this.hearings.delete(hearing);
      hearing.stop?.();
    };
  }

  async request(subject: string, data: Buffer, timeout: number): Promise<Buffer | 'unheard'> {
    if (this.connection === undefined || !this.isConnected) throw new BrokerError('the broker is away');
    try {
      return bytesOf(await this.connection.request(subject, data, { timeout }));
    } catch (error) {
      if (isUnheard(error)) return 'unheard';
      throw new BrokerError('the broker did not answer', { cause: error });
    }
  }

  async unheard(subjects: readonly string[], timeout: number): Promise<string[]> {
    if (this.connection === undefined) throw new BrokerError('the broker is away');
    try {
      const silent = await unheard(this.connection, this.options, subjects, timeout);
      this.isHeard = silent.length === 0;
      return silent;
    } catch (error) {
      throw brokerError(error);
    }
  }

  async table(name: string, ttl = 0): Promise<BrokerTable> {
    if (this.connection === undefined) throw new BrokerError('the broker is away');
    try {
      return await this.open(name, ttl, this.connection);
    } catch (error) {
      throw brokerError(error);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    await this.connection?.drain().catch(() => this.connection?.close());
  }

  private async open(name: string, ttl: number, connection: NatsConnection): Promise<BrokerTable> {
    // Of several copies the nearest might not know yet of a lease that was just made. The only one is asked directly, as
    // it answers also while too few servers see each other to elect who speaks for all tables.
    const settings = { ttl, history: 1, replicas: this.replicas, allow_direct: this.replicas === 1 };
    const bucket = await new Kvm(connection).create(name, settings);
    const { streams } = await jetstreamManager(connection, { checkAPI: false });
    return new NatsTable(name, bucket, streams, countsPurges(connection.info?.version));
  }

  // Not by the client's own waiting for a first connection, which nothing can end.
  private async connect(): Promise<void> {
    try {
      await this.live(await connect(this.options));
    } catch (error) {
      this.failed(connectionError(error));
    }
    this.connection = undefined;
    this.tell(false);
    if (!this.isClosed) this.retry = setTimeout(() => void this.connect(), RETRY);
  }

  /** Resolves when the connection is over, whatever has ended it: there is never a second one beside it. */
  private async live(connection: NatsConnection): Promise<void> {
    try {
      if (this.isClosed) return;
      this.connection = connection;
      for (const hearing of this.hearings) this.hear(hearing, connection);
      this.tell(true);
      await this.follow(connection);
    } finally {
      await connection.close();
    }
  }

  /** Resolves when the client has given up, which its options forbid. */
  private async follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.tell(false);
      else if (status.type === 'reconnect') this.tell(true);
      else if (status.type === 'error') this.complain(status.error);
    }
  }

  private tell(isConnected: boolean): void {
    if (this.isConnected === isConnected || this.isClosed) return;
    this.isConnected = isConnected;
    void this.changed(isConnected);
  }

  /** Until the node has heard itself, that says in one line what each subscription would say in its own. */
  private complain(error: Error): void {
    const isOfHearing =
      error instanceof errors.PermissionViolationError && error.operation === 'subscription';
    if (this.isHeard || !isOfHearing) this.failed(brokerError(error));
  }

  private hear(hearing: Hearing, connection: NatsConnection): void {
    const callback = (error: Error | null, message: Msg): void => {
      if (error !== null) return this.complain(error);
      hearing.handler(message.subject, bytesOf(message), (answer) => respond(message, answer));
    };
    const subscription = connection.subscribe(hearing.subject, { callback });
    hearing.stop = () => {
      if (!connection.isClosed() && !connection.isDraining()) subscription.unsubscribe();
    };
  }
}

/**
 * The process that asks names the subject of the answer, and could have this node write with its own rights: into the tables, for
 * one. So it answers only where clients hear answers.
 */
function respond(message: Msg, answer: Buffer): void {
  if (message.reply?.startsWith(INBOX)) message.respond(answer);
}

function bytesOf({ data }: Msg): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function isUnheard(error: unknown): boolean {
  return (
    error instanceof errors.NoRespondersError ||
    (error instanceof errors.RequestError && error.isNoResponders())
  );
}
