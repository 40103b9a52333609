// What is taken of a connection that is held, let go, slowed down and ended; random mixtures are played beside ws
// (same-as-ws.test.ts).
import { beforeEach, expect, test } from 'vitest';
import type { Reader } from '../../../../../src/relay/gateway/connection/event-loop-turn.js';
import { Inbox, type InboxOwner } from '../../../../../src/relay/gateway/connection/inbox.js';
import { HoldReason } from '../../../../../src/relay/rooms/peer.js';
import { clientFrame, opcode } from '../../../../harness/frames.js';
import { Ears } from '../web-socket/ears.js';

/** A connection whose messages do something, by their text. */
class Owner extends Ears implements InboxOwner {
  readonly deeds: Record<string, () => void> = {};
  signs = 0;
  readonly watch = { hear: (): void => void this.signs++ };

  override message(payload: Buffer, isBinary: boolean): void {
    super.message(payload, isBinary);
    this.deeds[payload.toString()]?.();
  }

  left(): void {
    this.heard.push('left');
  }

  guard(work: () => void): void {
    work();
  }

  fail(error: unknown): void {
    this.heard.push(`failed: ${String(error)}`);
  }
}

/** A turn whose time a test spends. */
class SlowTurn {
  isSpent = false;
  spent = 0;
  private readers: Reader[] = [];

  spend(work: number): void {
    this.spent += work;
  }

  readLater(reader: Reader): void {
    this.readers.push(reader);
  }

  ends(): void {
    this.isSpent = false;
    for (const reader of this.readers.splice(0)) reader.readOn();
  }
}

const KIB = 1024;

let owner = new Owner();
let turn = new SlowTurn();
let resumes = 0;
let inbox = new Inbox(owner, { resume: () => undefined }, 0, turn);

beforeEach(() => {
  owner = new Owner();
  turn = new SlowTurn();
  resumes = 0;
  inbox = new Inbox(owner, { resume: () => void resumes++ }, 0, turn);
});

const frame = (text: string): Buffer => clientFrame(text);

/** What one read brings, into memory that the next one changes. Returns whether more should be read. */
function read(...frames: Buffer[]): boolean {
  const bytes = Buffer.concat([...frames, Buffer.from('rubbish')]);
  const goesOn = inbox.read(bytes, bytes.length - 7);
  bytes.fill(0xee);
  return goesOn;
}

test('[A19] a hold is exact: of what was read already not one more message is taken', () => {
  owner.deeds['b'] = () => inbox.hold(HoldReason.Rate);
  expect(read(frame('a'), frame('b'), frame('c'), clientFrame('d', { opcode: opcode.ping }))).toBe(true);
  expect(owner.take()).toEqual(['text a', 'text b']);
  expect([inbox.isHeld, inbox.keptBytes]).toEqual([true, 14]);
  inbox.release(HoldReason.Rate);
  expect(owner.take()).toEqual([]);
  turn.ends();
  expect(owner.take()).toEqual(['text c', 'ping d']);
  expect([inbox.isHeld, inbox.keptBytes]).toEqual([false, 0]);
});

test('[P7] what comes while a connection is held waits behind what is kept, also when it is let go', () => {
  inbox.hold(HoldReason.Host);
  const [first, second] = [frame('a'), frame('b')];
  read(first, second.subarray(0, 3));
  read(second.subarray(3));
  inbox.release(HoldReason.Host);
  read(frame('c'));
  expect(owner.take()).toEqual([]);
  turn.ends();
  read(frame('d'));
  expect(owner.take()).toEqual(['text a', 'text b', 'text c', 'text d']);
});

test('[A9] a connection that is held for several reasons is read again when none is left', () => {
  const reasons = [HoldReason.Login, HoldReason.Host, HoldReason.Rate, HoldReason.Link];
  for (const reason of reasons) inbox.hold(reason);
  read(frame('a'));
  for (const reason of reasons) {
    turn.ends();
    expect(owner.take()).toEqual([]);
    inbox.release(reason);
  }
  turn.ends();
  expect(owner.take()).toEqual(['text a']);
});

test('[A9] a hold that comes back before the turn ends keeps what is kept', () => {
  inbox.hold(HoldReason.Host);
  read(frame('a'));
  inbox.release(HoldReason.Host);
  inbox.hold(HoldReason.Host);
  turn.ends();
  expect(owner.take()).toEqual([]);
  inbox.release(HoldReason.Host);
  turn.ends();
  expect(owner.take()).toEqual(['text a']);
});

test('[A11] no more is read from 16 KiB on that are kept, until all of them are taken', () => {
  inbox.hold(HoldReason.Host);
  const large = frame('x'.repeat(7 * KIB));
  expect([read(large), read(large), read(large)]).toEqual([true, true, false]);
  expect(inbox.keptBytes).toBe(3 * large.length);
  owner.deeds['x'.repeat(7 * KIB)] = () => inbox.hold(HoldReason.Rate);
  for (let left = 2; left >= 0; left--) {
    inbox.release(HoldReason.Host | HoldReason.Rate);
    turn.ends();
    expect(inbox.keptBytes).toBe(left * large.length);
    expect(resumes).toBe(0);
  }
  inbox.release(HoldReason.Rate);
  expect(resumes).toBe(1);
});

test('[A11] parts of frames and messages count as kept', () => {
  read(clientFrame('abc', { fin: false }), clientFrame('', { opcode: opcode.ping }).subarray(0, 5));
  expect(inbox.keptBytes).toBe(3 + 5);
});

test('[N4] the end waits for what is kept, and comes at once if nothing is', () => {
  inbox.hold(HoldReason.Link);
  read(frame('a'), frame('b'));
  inbox.end();
  inbox.release(HoldReason.Link);
  expect(owner.take()).toEqual([]);
  turn.ends();
  expect(owner.take()).toEqual(['text a', 'text b', 'left']);
  inbox = new Inbox(owner, { resume: () => undefined }, 0, turn);
  inbox.hold(HoldReason.Rate);
  inbox.end();
  expect(owner.take()).toEqual(['left']);
});

test('[N4] a message that holds its connection and releases it is not the last one', () => {
  owner.deeds['a'] = () => {
    inbox.hold(HoldReason.Login);
    inbox.release(HoldReason.Login);
  };
  inbox.hold(HoldReason.Link);
  read(frame('a'), frame('b'));
  inbox.end();
  inbox.release(HoldReason.Link);
  turn.ends();
  expect(owner.take()).toEqual(['text a', 'text b', 'left']);
});

test('[A29] of a turn that is spent each read takes one message, and the rest waits for the next', () => {
  turn.isSpent = true;
  expect(read(frame('a'), frame('b'), frame('c'))).toBe(true);
  read(frame('d'));
  expect(owner.take()).toEqual(['text a']);
  turn.ends();
  expect(owner.take()).toEqual(['text b', 'text c', 'text d']);
});

test('[A29] a turn is spent by frames, and by their bytes', () => {
  read(frame('a'));
  const small = turn.spent;
  expect(small).toBeGreaterThan(0);
  read(frame('x'.repeat(64 * KIB)));
  expect(turn.spent - small).toBeGreaterThan(50 * small);
});

test('[A6] what comes is a sign of life, also while nothing is taken', () => {
  inbox.hold(HoldReason.Rate);
  read(frame('a'));
  read(frame('b'));
  expect(owner.signs).toBe(2);
});

test('[W17] a connection that is closed, or has broken the protocol, keeps and takes nothing', () => {
  inbox.hold(HoldReason.Rate);
  read(frame('a'));
  inbox.close();
  read(frame('b'));
  expect(inbox.keptBytes).toBe(0);
  inbox.release(HoldReason.Rate);
  turn.ends();
  expect([owner.take(), inbox.keptBytes]).toEqual([[], 0]);
  inbox = new Inbox(owner, { resume: () => undefined }, 0, turn);
  read(clientFrame('', { rsv: 1 }), frame('a'));
  inbox.hold(HoldReason.Rate);
  read(frame('b'));
  expect([owner.take(), inbox.keptBytes]).toEqual([['protocol-error'], 0]);
});

test("[E9] an error that a message causes is its connection's", () => {
  owner.deeds['a'] = () => {
    throw new Error('ours');
  };
  expect(read(frame('a'))).toBe(true);
  expect(owner.take()).toEqual(['text a', 'failed: Error: ours']);
});
