// A broker's client with bugs: whatever it throws, the node goes on, and is whole again behind it.
import { expect, test } from 'vitest';
import { SharedNode } from './worlds.js';
import type { Broker, BrokerHandler, BrokerTable } from '../../src/cluster/broker/broker.js';
import { FakeBroker } from './fake/fake-broker.js';
import { FakeTime, NodeClock } from './fake/fake-clock.js';
import type { House } from './house.js';

type Call = 'publish' | 'subscribe' | 'unsubscribe' | 'request' | 'unheard' | 'table' | 'respond';

/** Throws at the calls that a test breaks. */
class BrokenClient implements Broker {
  readonly broken = new Set<Call>();
  thrown = 0;

  constructor(private readonly client: Broker) {}

  get isConnected(): boolean {
    return this.client.isConnected;
  }

  start(changed: (isConnected: boolean) => void): void {
    this.client.start(changed);
  }

  publish(subject: string, data: Buffer): void {
    this.meet('publish');
    this.client.publish(subject, data);
  }

  subscribe(subject: string, handler: BrokerHandler): () => void {
    this.meet('subscribe');
    const stop = this.client.subscribe(subject, (sentTo, data, respond) =>
      handler(sentTo, data, (answer) => {
        this.meet('respond');
        respond(answer);
      }),
    );
    return () => {
      stop();
      this.meet('unsubscribe');
    };
  }

  request(subject: string, data: Buffer, timeout: number): Promise<Buffer | 'unheard'> {
    this.meet('request');
    return this.client.request(subject, data, timeout);
  }

  unheard(subjects: readonly string[], timeout: number): Promise<string[]> {
    this.meet('unheard');
    return this.client.unheard(subjects, timeout);
  }

  table(name: string, ttl?: number): Promise<BrokerTable> {
    this.meet('table');
    return this.client.table(name, ttl);
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private meet(call: Call): void {
    if (!this.broken.has(call)) return;
    this.thrown++;
    throw new Error(`a bug in ${call}`);
  }
}

/** A node with bugs and one without. */
class Place {
  readonly time = new FakeTime();
  readonly broker = new FakeBroker(this.time);
  readonly client: BrokenClient;
  readonly buggy: SharedNode;
  readonly sound: SharedNode;

  constructor() {
    const [own, other] = [new NodeClock(this.time), new NodeClock(this.time)];
    this.client = new BrokenClient(this.broker.client(own));
    this.buggy = new SharedNode(this.client, own);
    this.sound = new SharedNode(this.broker.client(other), other);
  }

  async during<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => void (isOver = true);
    promise.then(over, over);
    while (!isOver) await this.time.pass(20);
    return promise;
  }

  /** A host on one node and a player on the other, and a word each way. */
  async party(at: House, elsewhere: House, code: string): Promise<void> {
    const host = await this.during(at.host(code));
    const player = await this.during(elsewhere.player(code, '467'));
    expect([host.ending, player.ending]).toEqual([undefined, undefined]);
    host.say('hello');
    player.say('{"n":1}');
    await this.time.pass(100);
    expect([host.got.at(-1), player.got]).toEqual(['{"n":1,"client_id":"467"}', ['hello']]);
    for (const peer of [host, player]) peer.leave();
    await this.time.pass(100);
  }
}

test.each<Call>(['publish', 'subscribe', 'unsubscribe', 'request', 'table', 'respond'])(
  '[B19] a bug in what the broker is asked for (%s) ends no node, is logged, and leaves nothing half done',
  async (call) => {
    const place = new Place();
    const [buggy, sound] = [place.buggy.house, place.sound.house];
    await place.time.pass(15_000);
    const old = await place.during(buggy.host('OLD'));
    const far = await place.during(sound.player('OLD', 'far'));
    place.client.broken.add(call);
    const during = [
      await place.during(buggy.host('NEW')),
      await place.during(buggy.player('OLD', 'near')),
      await place.during(sound.player('OLD', 'further')),
      await place.during(sound.host('SOUND')),
      await place.during(buggy.player('SOUND', '467')),
    ];
    for (const word of ['a', 'b', 'c']) old.say(word);
    await place.time.pass(1_000);
    for (const peer of [...during, far]) peer.leave();
    // A table is opened when the broker comes back.
    if (call === 'table') place.broker.die();
    if (call === 'table') place.broker.comeBack();
    await place.time.pass(5_000);
    expect(place.client.thrown).toBeGreaterThan(0);
    expect(place.buggy.errors.map(String).join()).toContain(`a bug in ${call}`);
    place.client.broken.clear();
    await place.time.pass(10_000);
    expect(old.ending).toBeUndefined();
    for (const code of ['NEW', 'SOUND', 'NEXT']) {
      await place.party(buggy, sound, code);
      await place.party(sound, buggy, code);
    }
    await place.during(Promise.all([place.buggy, place.sound].map(({ backbone }) => backbone.stop())));
  },
);
