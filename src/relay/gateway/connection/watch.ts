/** What time does to one connection. */
import type { Socket } from 'node:net';
import { FIXED, hostPingInterval, playerPingInterval } from '../../../config/fixed-limits.js';
import type { RelayOptions } from '../../../config/relay-options.js';
import type { Ending } from '../../rooms/endings.js';
import { Meter } from './meter.js';
import { takenBy } from '../node-internals/taken-by.js';

/** What a host or a player may do; times in seconds, rates per second, 0 disables a limit. */
export interface RoleLimits {
  readonly pingInterval: number;
  readonly silence: number;
  readonly maxOutbox: number;
  readonly rate: number;
  readonly byteRate: number;
}

export function hostLimits(options: RelayOptions): RoleLimits {
  return {
    pingInterval: hostPingInterval(options.hostSilence),
    silence: options.hostSilence,
    maxOutbox: options.maxHostOutbox,
    rate: options.hostRate,
    byteRate: options.playerByteRate * FIXED.hostByteFactor,
  };
}

export function playerLimits(options: RelayOptions): RoleLimits {
  return {
    pingInterval: playerPingInterval(options.playerSilence),
    silence: options.playerSilence,
    maxOutbox: options.maxPlayerOutbox,
    rate: options.playerRate,
    byteRate: options.playerByteRate,
  };
}

/**
 * Counts seconds instead of comparing clocks, and never many at once: a relay that was frozen for a minute does
 * not hold it against its peers, and a clock that is set changes nothing.
 */
export class Watch {
  /** Whether the last beat found that the peer is to be pinged. */
  isPingDue = false;
  /** Whether the peer has sent more than its rate, and is not to be read from until time has passed. */
  isOverRate = false;

  private role: RoleLimits | undefined;
  private hasKnocked = false;
  private bytesBeforeLogin = 0;
  private waited = 0;
  private heard = false;
  private silent = 0;
  private sincePing = 0;
  private stalled = 0;
  private takenMark = 0;
  private flooding = 0;
  private messages = UNMETERED;
  private bytes = UNMETERED;
  private fanout = UNMETERED;
  private probes: Probe[] | undefined = undefined;

  constructor(
    private readonly stream: Socket,
    private readonly options: RelayOptions,
  ) {}

  /** Whether another frame of that length may come before the first message is whole (A1). */
  allowsBeforeLogin(length: number): boolean {
    const { maxLoginSize } = this.options;
    return this.hasKnocked || maxLoginSize === 0 || this.bytesBeforeLogin + length <= maxLoginSize;
  }

  /** The first message is there; what follows it waits for its answer and counts no more. */
  knock(): void {
    this.hasKnocked = true;
  }

  /** From now on the connection is a host's or a player's. */
  begin(role: RoleLimits, fanoutByteRate = 0): void {
    this.role = role;
    this.messages = new Meter(role.rate);
    this.bytes = new Meter(role.byteRate);
    if (fanoutByteRate > 0) this.fanout = new Meter(fanoutByteRate);
  }

  /** Any byte is a sign of life. */
  hear(): void {
    this.heard = true;
  }

  /** Counts a frame: before the login against its length, and then against the rate of a host or player. */
  count(length: number): void {
    if (!this.hasKnocked) this.bytesBeforeLogin += length;
    if (!this.messages.add(1)) this.isOverRate = true;
    if (!this.bytes.add(length)) this.isOverRate = true;
  }

  /** Counts what a host's message became. */
  countFanout(length: number): void {
    if (!this.fanout.add(length)) this.isOverRate = true;
  }

  /** Whether the peer has been silent for longer than a ping interval: it should have answered. */
  get hasMissedPing(): boolean {
    return this.role !== undefined && isOver(this.role.pingInterval, this.silent);
  }

  /** Resolves to whether the peer says nothing for that many seconds; at once to false when it does. */
  probe(seconds: number): Promise<boolean> {
    return new Promise((resolve) => (this.probes ??= []).push({ left: seconds, resolve }));
  }

  /** Lets `seconds` pass; `isHeld` tells whether the peer is not read from. Returns the ending that is due. */
  beat(seconds: number, isHeld: boolean): Ending | undefined {
    this.isPingDue = false;
    if (this.role === undefined) {
      this.waited += seconds;
      return isOver(this.options.loginTimeout, this.waited) ? 'login-timeout' : undefined;
    }
    if (this.probes !== undefined) this.countProbes(seconds, this.heard || isHeld);
    this.countSilence(seconds, isHeld);
    this.countStall(seconds);
    this.countFlood(seconds);
    if (isOver(this.role.silence, this.silent)) return 'missed-heartbeat';
    if (isOver(this.options.stallTimeout, this.stalled)) return 'slow-reader';
    if (isOver(FIXED.floodTimeout, this.flooding)) return 'flood';
    this.sincePing += seconds;
    this.isPingDue = isOver(this.role.pingInterval, this.sincePing);
    if (this.isPingDue) this.sincePing = 0;
    return undefined;
  }

  /** The connection is gone: nothing more is to be found out. */
  end(): void {
    for (const probe of this.probes ?? []) probe.resolve(false);
    this.probes = undefined;
  }

  private countProbes(seconds: number, isAlive: boolean): void {
    const open = this.probes?.filter((probe) => {
      probe.left -= seconds;
      if (!isAlive && probe.left > 0) return true;
      probe.resolve(!isAlive);
      return false;
    });
    this.probes = open?.length ? open : undefined;
  }

  private countSilence(seconds: number, isHeld: boolean): void {
    // The relay cannot hear a peer that it does not read.
    this.silent = this.heard || isHeld ? 0 : this.silent + seconds;
    this.heard = false;
  }

  private countStall(seconds: number): void {
    const mark = this.stream.writableLength === 0 ? undefined : takenBy(this.stream);
    this.stalled = mark !== undefined && mark === this.takenMark ? this.stalled + seconds : 0;
    this.takenMark = mark ?? 0;
  }

  private countFlood(seconds: number): void {
    this.flooding = this.isOverRate ? this.flooding + seconds : 0;
    // All three leak, whatever the first says.
    const hasRoom = [this.messages.leak(seconds), this.bytes.leak(seconds), this.fanout.leak(seconds)];
    this.isOverRate = hasRoom.includes(false);
  }
}

/** A question whether the peer is alive. */
interface Probe {
  /** Seconds. */
  left: number;
  resolve(isSilent: boolean): void;
}

const UNMETERED = new Meter(0);

function isOver(limit: number, seconds: number): boolean {
  return limit > 0 && seconds >= limit;
}
