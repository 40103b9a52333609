// One link between two nodes, over a broker that loses what the test tells it to.
import { expect, test } from 'vitest';
import { BackboneCounters } from '../../../../src/relay/session/backbone-counters.js';
import { FrameKind, readHeader } from '../../../../src/cluster/link/frame.js';
import { type Link, WINDOW } from '../../../../src/cluster/link/link.js';
import type { LinkContext } from '../../../../src/cluster/link/link-context.js';
import { Links } from '../../../../src/cluster/link/links.js';
import { RecordType } from '../../../../src/cluster/link/record.js';
import type { Gathering } from '../../../../src/relay/rooms/turn.js';

/** Two nodes whose turns end, and whose frames arrive, when the test says so. */
class Pair {
  readonly a = new Node('a', (frame) => this.wire.push([this.b, 'a', frame]));
  readonly b = new Node('b', (frame) => this.wire.push([this.a, 'b', frame]));
  private readonly wire: [Node, string, Buffer][] = [];
  /** Which frames get lost. */
  loses: (frame: Buffer) => boolean = () => false;

  /** Delivers until nothing is on its way. */
  settle(): void {
    for (let isBusy = true; isBusy;) {
      isBusy = this.a.endTurn() || this.b.endTurn();
      for (const [to, from, frame] of this.wire.splice(0)) {
        isBusy = true;
        if (!this.loses(frame)) to.links.receive(from, Buffer.from(frame));
      }
    }
  }
}

class Node {
  now = 0;
  /** Whether it has not just woken from standing still. */
  isAwake = true;
  readonly counters = new BackboneCounters();
  readonly got: string[] = [];
  readonly lost: string[] = [];
  readonly starved: boolean[] = [];
  /** Frames that left, as the broker's client gets them. */
  readonly left: Buffer[] = [];
  readonly links: Links;
  private gatherings: Gathering[] = [];

  constructor(
    readonly name: string,
    publish: (frame: Buffer) => void,
  ) {
    const context: LinkContext = {
      counters: this.counters,
      turn: { atEnd: (gathering) => this.gatherings.push(gathering), mayLeave: () => this.isAwake },
      maxQueued: 4 * WINDOW,
      now: () => this.now,
      publish: (_node, frame) => {
        this.left.push(frame);
        publish(Buffer.from(frame));
      },
      failed: (error) => {
        throw error;
      },
    };
    this.links = new Links(context, () => ({
      record: (_type, _about, bytes) => void this.got.push(bytes.toString('latin1', 0, 20)),
      starved: (isStarved) => void this.starved.push(isStarved),
      lost: (loss) => void this.lost.push(loss),
    }));
  }

  endTurn(): boolean {
    const gatherings = this.gatherings;
    this.gatherings = [];
    for (const gathering of gatherings) gathering.flush();
    return gatherings.length > 0;
  }

  say(to: string, text: string): void {
    // A record that nothing is added to.
    this.links.to(to).records.bytes(RecordType.Ended, 1, Buffer.from(text));
  }
}

function isData(frame: Buffer): boolean {
  return readHeader(frame)?.kind === FrameKind.Data;
}

test('what is said at both ends arrives at the other, in order', () => {
  const pair = new Pair();
  pair.a.say('b', '1');
  pair.a.say('b', '2');
  pair.b.say('a', 'x');
  pair.settle();
  pair.a.say('b', '3');
  pair.settle();
  expect([pair.a.got, pair.b.got]).toEqual([['x'], ['1', '2', '3']]);
  expect(pair.a.counters).toMatchObject({ links: 1, framesSent: 2, framesReceived: 1 });
});

test('[B4] a frame that is lost is noticed with the next, and both ends give the link up', () => {
  const pair = new Pair();
  pair.a.say('b', '1');
  pair.settle();
  pair.loses = isData;
  pair.a.say('b', 'lost');
  pair.settle();
  pair.loses = () => false;
  pair.a.say('b', '3');
  pair.settle();
  expect(pair.b.got).toEqual(['1']);
  expect([pair.a.lost, pair.b.lost]).toEqual([['reset'], ['gap']]);
});

test('[B4] the last frame is missed with the next heartbeat', () => {
  const pair = new Pair();
  pair.a.say('b', '1');
  pair.settle();
  pair.loses = isData;
  pair.a.say('b', 'lost');
  pair.settle();
  pair.a.links.beat();
  pair.settle();
  expect([pair.a.lost, pair.b.lost]).toEqual([['reset'], ['gap']]);
});

test('[B4] the link gives up a silent node, and keeps one that sends heartbeats', () => {
  const pair = new Pair();
  pair.a.say('b', '1');
  pair.settle();
  pair.a.now = pair.b.now = 3_000;
  pair.a.links.beat();
  pair.settle();
  pair.a.now = pair.b.now = 3_600;
  for (const { links } of [pair.a, pair.b]) links.check(3_500);
  expect([pair.a.lost, pair.b.lost]).toEqual([['silence'], []]);
});

test('[B5] a node that has just woken tells the others nothing of what it has read since', () => {
  const pair = new Pair();
  pair.a.say('b', 'before');
  pair.settle();
  pair.a.isAwake = false;
  pair.a.say('b', 'after');
  pair.settle();
  expect(pair.b.got).toEqual(['before']);
});

test('[B4] a frame that comes twice counts once', () => {
  const pair = new Pair();
  const seen: Buffer[] = [];
  pair.loses = (frame) => {
    if (isData(frame)) seen.push(Buffer.from(frame));
    return false;
  };
  pair.a.say('b', '1');
  pair.settle();
  for (const frame of seen) pair.b.links.receive('a', frame);
  expect([pair.b.got, pair.b.lost]).toEqual([['1'], []]);
});

test('[B4] a node that has restarted its link is another: no frame of the old link counts for the new one', () => {
  const pair = new Pair();
  const old: Buffer[] = [];
  pair.loses = (frame) => {
    old.push(Buffer.from(frame));
    return false;
  };
  pair.a.say('b', '1');
  pair.b.say('a', 'x');
  pair.settle();
  pair.loses = () => true;
  pair.a.links.loseAll('broker-lost');
  pair.a.say('b', 'never comes');
  pair.settle();
  pair.a.links.loseAll('broker-lost');
  pair.loses = () => false;
  pair.a.say('b', '2');
  pair.settle();
  expect([pair.b.got, pair.b.lost]).toEqual([['1', '2'], ['other-incarnation']]);
  for (const frame of old) pair.b.links.receive('a', frame);
  pair.a.say('b', '3');
  pair.settle();
  expect(pair.b.got).toEqual(['1', '2', '3']);
});

test('[B4] a node that does not know a link says so', () => {
  const pair = new Pair();
  pair.a.say('b', '1');
  pair.settle();
  pair.loses = () => true;
  pair.b.links.loseAll('closed');
  pair.settle();
  pair.loses = () => false;
  pair.a.links.beat();
  pair.settle();
  expect(pair.a.lost).toEqual(['reset']);
});

test('[B11] bytes wait until a slow node has taken them, and the link reports the starvation to its senders', () => {
  const pair = new Pair();
  const piece = 'x'.repeat(60_000);
  pair.loses = () => true;
  const taken: Link = pair.a.links.to('b');
  pair.loses = () => false;
  for (let i = 0; i < 20; i++) pair.a.say('b', piece);
  expect(pair.a.starved).toEqual([true]);
  pair.settle();
  expect(taken.isLost).toBe(false);
  expect(pair.b.got).toHaveLength(20);
  expect(pair.a.starved).toEqual([true, false]);
});

test('[B11] small frames that wait for a slow node take no more memory than their bytes', () => {
  const pair = new Pair();
  for (let i = 0; i < 20; i++) pair.a.say('b', 'x'.repeat(60_000));
  for (let i = 0; i < 100; i++) {
    pair.a.say('b', 'small');
    pair.a.endTurn();
  }
  pair.settle();
  expect(pair.b.got.filter((text) => text === 'small')).toHaveLength(100);
  for (const frame of pair.a.left.filter(isData).slice(-100)) {
    expect(frame.buffer.byteLength).toBeLessThanOrEqual(2 * frame.length);
  }
});

test('[B11] the link gives a node up when too much waits for it', () => {
  const pair = new Pair();
  pair.loses = () => true;
  for (let i = 0; i < 100; i++) pair.a.say('b', 'x'.repeat(60_000));
  pair.settle();
  expect(pair.a.lost).toEqual(['overrun']);
});
