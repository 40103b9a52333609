// What time does to one connection, second by second.
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { RelayOptions } from '../../../../../src/config/relay-options.js';
import { validateOptions } from '../../../../../src/config/validate-options.js';
import { Watch, hostLimits, playerLimits } from '../../../../../src/relay/gateway/connection/watch.js';
import type { Ending } from '../../../../../src/relay/rooms/endings.js';

/** What the relay's side of a TCP connection tells about what its peer takes. */
interface Stream {
  writableLength: number;
  bytesWritten: number;
  _handle: { writeQueueSize: number };
}

class Someone {
  readonly stream: Stream = { writableLength: 0, bytesWritten: 0, _handle: { writeQueueSize: 0 } };
  readonly options: RelayOptions;
  readonly watch: Watch;

  constructor(options: Partial<RelayOptions> = {}) {
    this.options = validateOptions(options);
    this.watch = new Watch(this.stream as unknown as Socket, this.options);
  }

  static player(options?: Partial<RelayOptions>): Someone {
    const player = new Someone(options);
    player.watch.begin(playerLimits(player.options));
    return player;
  }

  static host(options?: Partial<RelayOptions>): Someone {
    const host = new Someone(options);
    host.watch.begin(hostLimits(host.options), host.options.fanoutByteRate);
    return host;
  }

  /** Lets seconds pass, one after the other. Returns after which of them it ended, and why. */
  wait(seconds: number, each: () => void = () => undefined, isHeld = false): [number, Ending] | undefined {
    for (let second = 1; second <= seconds; second++) {
      each();
      const ending = this.watch.beat(1, isHeld);
      if (ending !== undefined) return [second, ending];
    }
    return undefined;
  }

  /** In which of the next seconds it is to be pinged. */
  pings(seconds: number): number[] {
    const at: number[] = [];
    for (let second = 1; second <= seconds; second++) {
      this.watch.hear();
      this.watch.beat(1, false);
      if (this.watch.isPingDue) at.push(second);
    }
    return at;
  }
}

const LONG = 100_000;

test('[A4] a connection that has not logged in is ended after the login timeout, whatever it sends', () => {
  const stranger = new Someone();
  expect(stranger.wait(LONG, () => stranger.watch.hear())).toEqual([10, 'login-timeout']);
});

test('[A4] the login timeout does not affect hosts and players', () => {
  const late = new Someone();
  expect(late.wait(9)).toBeUndefined();
  late.watch.begin(playerLimits(late.options));
  expect(late.wait(30, () => late.watch.hear())).toBeUndefined();
});

test('[A6] a player is pinged every 20 seconds, and ended after 50 without a byte', () => {
  expect(Someone.player().pings(61)).toEqual([20, 40, 60]);
  expect(Someone.player().wait(LONG)).toEqual([50, 'missed-heartbeat']);
});

test('[A6] a player survives a gap of 40 seconds in its Wi-Fi, again and again', () => {
  const player = Someone.player();
  let second = 0;
  const each = (): void => void (second++ % 40 === 0 && player.watch.hear());
  expect(player.wait(LONG, each)).toBeUndefined();
});

test('[A7] a host is pinged every 10 seconds, and ended after 60 without a byte', () => {
  expect(Someone.host().pings(31)).toEqual([10, 20, 30]);
  expect(Someone.host().wait(LONG)).toEqual([60, 'missed-heartbeat']);
});

test('[A6] a peer is not ended for silence while the relay does not read from it', () => {
  expect(Someone.player().wait(LONG, undefined, true)).toBeUndefined();
});

test.each([
  ['[A8] a player', (): Someone => Someone.player()],
  ['[A10] a host', (): Someone => Someone.host()],
])('%s that reads nothing of its queue is ended after 15 seconds', (_, make) => {
  const stalled = make();
  Object.assign(stalled.stream, { writableLength: 5_000, bytesWritten: 9_000 });
  stalled.stream._handle.writeQueueSize = 5_000;
  // The first second only marks how far it is.
  expect(stalled.wait(LONG, () => stalled.watch.hear())).toEqual([16, 'slow-reader']);
});

test('[A8] a player that reads a byte every ten seconds is slow, and not stalled', () => {
  const slow = Someone.player();
  Object.assign(slow.stream, { writableLength: 50_000, bytesWritten: 90_000 });
  slow.stream._handle.writeQueueSize = 50_000;
  let second = 0;
  const each = (): void => {
    slow.watch.hear();
    if (second++ % 10 === 0) slow.stream._handle.writeQueueSize--;
  };
  expect(slow.wait(1_000, each)).toBeUndefined();
});

test('[A19] a player may send twice its rate at once, and one message more exceeds it', () => {
  const { watch } = Someone.player({ playerRate: 100 });
  for (let n = 0; n < 200; n++) watch.count(10);
  expect(watch.isOverRate).toBe(false);
  watch.count(10);
  expect(watch.isOverRate).toBe(true);
  watch.beat(1, true);
  expect(watch.isOverRate).toBe(true);
  watch.beat(1, true);
  expect(watch.isOverRate).toBe(false);
});

test('[A19] bytes are counted as well as messages', () => {
  const { watch } = Someone.player({ playerByteRate: 10_000 });
  watch.count(20_000);
  expect(watch.isOverRate).toBe(false);
  watch.count(1);
  expect(watch.isOverRate).toBe(true);
});

test('[A21] a host exceeds its rate by messages, by bytes, or by the copies that the relay sends', () => {
  const counts: [Partial<RelayOptions>, (watch: Watch) => void][] = [
    [{ hostRate: 1 }, (watch) => watch.count(1)],
    [{ playerByteRate: 1_024 }, (watch) => watch.count(16 * 1_024)],
    [{ fanoutByteRate: 1_024 }, (watch) => watch.countFanout(1_024)],
  ];
  for (const [options, count] of counts) {
    const { watch } = Someone.host(options);
    count(watch);
    count(watch);
    expect(watch.isOverRate).toBe(false);
    count(watch);
    expect(watch.isOverRate).toBe(true);
  }
});

test('[A20] a peer that sends twice its rate without a break is ended after 30 seconds', () => {
  const flooder = Someone.player({ playerRate: 10 });
  const each = (): void => {
    flooder.watch.hear();
    for (let n = 0; n < 20; n++) flooder.watch.count(1);
  };
  const [second, ending] = flooder.wait(LONG, each) ?? [];
  expect(ending).toBe('flood');
  expect(second).toBeGreaterThanOrEqual(30);
  expect(second).toBeLessThan(35);
});

test('[A20] a peer that sends at its rate, and in bursts, is never ended', () => {
  const player = Someone.player({ playerRate: 10 });
  let second = 0;
  const each = (): void => {
    player.watch.hear();
    for (let n = 0; n < (second % 4 === 0 ? 40 : 0); n++) player.watch.count(1);
    second++;
  };
  expect(player.wait(10_000, each)).toBeUndefined();
});

test('[A26] with all limits off no connection is ended or slowed down', () => {
  const off = {
    ...{ loginTimeout: 0, playerSilence: 0, hostSilence: 0, stallTimeout: 0, maxLoginSize: 0 },
    ...{ playerRate: 0, playerByteRate: 0, hostRate: 0, fanoutByteRate: 0 },
  };
  for (const someone of [new Someone(off), Someone.player(off), Someone.host(off)]) {
    Object.assign(someone.stream, { writableLength: 5_000, bytesWritten: 5_000 });
    const each = (): void => {
      someone.watch.count(10_000_000);
      someone.watch.countFanout(10_000_000);
    };
    expect(someone.wait(1_000, each)).toBeUndefined();
    expect(someone.watch.isOverRate).toBe(false);
  }
});
