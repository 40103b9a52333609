// A broker in the test's own process, that fails on demand and, by a seed, at random.
import {
  type Broker,
  BrokerError,
  type BrokerHandler,
  type BrokerTable,
} from '../../../src/cluster/broker/broker.js';
import type { FakeTime, NodeClock } from './fake-clock.js';
import { FakeTable, FarTable } from './fake-table.js';

/** Milliseconds from a client to the broker and on to the next. */
const LATENCY = 1;

/** After such a time without the broker its client says so: two pings of a second. */
const NOTICED = 2_500;

/** What may happen to a message by chance, each from 0 to 1. */
export interface Mishaps {
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
}

export class FakeBroker {
  readonly clients = new Set<FakeClient>();
  mishaps: Mishaps = { lost: 0, twice: 0, late: 0 };
  isUp = true;
  /** Entries that it has space for. */
  room = Infinity;
  /** Shown each message, whether it arrives or not. */
  carried: ((subject: string, data: Buffer) => void) | undefined;
  private readonly tables = new Map<string, FakeTable>();

  constructor(
    readonly time: FakeTime,
    /** From 0 to 1, the same for the same seed. */
    readonly random: () => number = () => 1,
  ) {}

  private get hasRoom(): boolean {
    return [...this.tables.values()].reduce((sum, { size }) => sum + size, 0) < this.room;
  }

  client(clock: NodeClock): FakeClient {
    const client = new FakeClient(this, clock);
    this.clients.add(client);
    return client;
  }

  table(name: string, ttl: number): FakeTable {
    const table = this.tables.get(name) ?? new FakeTable(this.time, ttl, () => this.hasRoom);
    this.tables.set(name, table);
    return table;
  }

  /** Fault: the broker dies; its clients know at once. */
  die(): void {
    this.isUp = false;
    for (const client of this.clients) client.look();
  }

  /** It comes back, with what it had or without. */
  comeBack({ isEmpty = false } = {}): void {
    if (isEmpty) this.forget();
    this.isUp = true;
    for (const client of this.clients) client.look();
  }

  /** Fault: a table is lost, or all are, without a word, as when its server is one that no client is connected to. */
  forget(table?: string): void {
    if (table === undefined) this.tables.clear();
    else this.tables.delete(table);
  }

  /** All that clients hear; a subject may end with a wildcard. */
  get subjects(): string[] {
    return [...this.clients].flatMap((client) => client.subjects);
  }

  /** Fault: a process that has no client here publishes to a subject, and it is there at once. */
  forge(subject: string, data: Buffer): void {
    for (const client of this.clients) client.overhear(subject, data);
  }

  /** Core messages: to all other clients that hear the subject, if any. */
  deliver(from: FakeClient, subject: string, data: Buffer, respond: (answer: Buffer) => void): number {
    this.carried?.(subject, data);
    const hearers = [...this.clients].filter((client) => client !== from && client.hears(subject));
    for (const hearer of hearers) this.carry(() => hearer.hear(subject, data, respond));
    return hearers.length;
  }

  private carry(arrive: () => void): void {
    const { lost, twice, late } = this.mishaps;
    if (this.random() < lost) return;
    this.time.after(2 * LATENCY + (this.random() < late ? 500 : 0), arrive);
    if (this.random() < twice) this.time.after(2 * LATENCY, arrive);
  }
}

/** A node's client. */
export class FakeClient implements Broker {
  isConnected = false;
  isCut = false;
  private changed: (isConnected: boolean) => void = () => undefined;
  private readonly handlers = new Map<string, BrokerHandler>();
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly broker: FakeBroker,
    private readonly clock: NodeClock,
  ) {}

  start(changed: (isConnected: boolean) => void): void {
    this.changed = changed;
    this.look();
  }

  publish(subject: string, data: Buffer): void {
    this.reach(() => this.broker.deliver(this, subject, Buffer.from(data), () => undefined));
  }

  subscribe(subject: string, handler: BrokerHandler): () => void {
    this.handlers.set(subject, handler);
    return () => {
      if (this.handlers.get(subject) === handler) this.handlers.delete(subject);
    };
  }

  request(subject: string, data: Buffer, timeout: number): Promise<Buffer | 'unheard'> {
    return new Promise((resolve, reject) => {
      this.broker.time.after(timeout, () => this.arrive(() => reject(new BrokerError('no answer'))));
      this.reach(() => {
        const answer = (bytes: Buffer | 'unheard'): void => this.arrive(() => resolve(bytes));
        if (this.broker.deliver(this, subject, Buffer.from(data), answer) === 0) answer('unheard');
      });
    });
  }

  unheard(): Promise<string[]> {
    return this.ask(() => []);
  }

  table(name: string, ttl = 0): Promise<BrokerTable> {
    return this.ask(() => new FarTable(name, ttl, this, this.broker));
  }

  close(): Promise<void> {
    this.isConnected = false;
    this.broker.clients.delete(this);
    return Promise.resolve();
  }

  get subjects(): string[] {
    return [...this.handlers.keys()];
  }

  overhear(subject: string, data: Buffer): void {
    this.clock.run(() => this.handlerOf(subject)?.(subject, data, () => undefined));
  }

  hears(subject: string): boolean {
    return this.handlerOf(subject) !== undefined && this.isConnected;
  }

  hear(subject: string, data: Buffer, respond: (answer: Buffer) => void): void {
    const back = (answer: Buffer): void => this.reach(() => respond(answer));
    this.arrive(() => this.handlerOf(subject)?.(subject, data, back));
  }

  /** Fault: nothing comes through, and no client knows, until the client's pings have not been answered. */
  cut(): void {
    this.isCut = true;
    this.broker.time.after(NOTICED, () => this.look());
  }

  heal(): void {
    this.isCut = false;
    for (const arrive of this.waiting.splice(0)) this.broker.time.after(1, arrive);
    this.broker.time.after(200, () => this.look());
  }

  /** Looks whether the broker can be reached, as clients do all the time. */
  look(): void {
    const isConnected = this.broker.isUp && !this.isCut;
    if (isConnected === this.isConnected) return;
    this.waiting.length = 0;
    this.isConnected = isConnected;
    this.clock.run(() => this.changed(isConnected));
  }

  /** Asks the broker, and brings its answer back, each in its time; no answer comes of a broker that is away. */
  ask<T>(question: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.reach(() => {
        const answer = new Promise<T>((answered) => answered(question()));
        answer.catch(() => undefined);
        this.broker.time.after(1, () => this.arrive(() => resolve(answer)));
      });
    });
  }

  private reach(work: () => void): void {
    this.broker.time.after(1, () => this.through(work));
  }

  private arrive(work: () => void): void {
    this.through(() => this.clock.run(work));
  }

  private through(work: () => void): void {
    if (this.isCut) this.waiting.push(work);
    else if (this.broker.isUp && this.isConnected) work();
  }

  private handlerOf(subject: string): BrokerHandler | undefined {
    return this.handlers.get(subject) ?? this.handlers.get(subject.replace(/[^.]+$/, '*'));
  }
}
