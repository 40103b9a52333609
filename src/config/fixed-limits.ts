/** Limits that an operator does not have to decide: each has one value that suits every relay, and no option. */

const KIB = 1024;

/**
 * Read where they apply and never copied, so that a test can put a smaller value in place of one (`fixed` in
 * test/harness/fixed.ts). Nothing else writes here.
 */
export class FixedLimits {
  /** Bytes of the headers of an HTTP request (A3). */
  maxHeaderSize = 8 * KIB;

  /** Seconds for the headers of an HTTP request, and for all of it: half a request would hold a connection (A3). */
  requestTimeout = 10;

  /** Fragments of one message: each pins memory, and games send whole messages (A2). */
  maxFragments = 256;

  /** Pieces that TCP may cut an unfinished message into: 1 MiB in packets is some 800 (A2). */
  maxBufferedChunks = 2048;

  /** Connections of the process that have not logged in; the newest takes the place of the oldest (A5). */
  maxPendingLogins = 2000;

  /** Seconds between two pings of a player: many proxies close a connection that is idle for 60 (A6). */
  playerPingInterval = 20;

  /** Seconds between two pings of a host, short enough that a game answers between two scenes that it loads (A7). */
  hostPingInterval = 10;

  /** Bytes waiting for a host at which the relay stops reading from its players; below 64 KiB no `drain` comes (A9). */
  pauseOutbox = 256 * KIB;

  /** Seconds without a break for which a peer may exceed its rate: no game bursts so long (A20). */
  floodTimeout = 30;

  /** The bytes a second of a host, as a multiple of those of a player (A21). */
  hostByteFactor = 16;

  /** Seconds of the rate that may come at once: connections and HTTP requests (A16, A31). */
  burstSeconds = 15;

  /** Minutes of the rate of wrong codes that may come at once (A17). */
  guessBurstMinutes = 2;
}

/** Those in force. */
export const FIXED = new FixedLimits();

/** How many pings a peer may miss before its silence ends it. */
const PLAYER_PINGS = 2.5;
const HOST_PINGS = 6;

/** Seconds between two pings of a player, whose silence may be `silence` seconds long, 0 for ever. */
export function playerPingInterval(silence: number): number {
  return pingInterval(FIXED.playerPingInterval, silence, PLAYER_PINGS);
}

/** Seconds between two pings of a host, whose silence may be `silence` seconds long, 0 for ever. */
export function hostPingInterval(silence: number): number {
  return pingInterval(FIXED.hostPingInterval, silence, HOST_PINGS);
}

// A longer silence does not make pings rarer: proxies on the way would close what is idle.
function pingInterval(longest: number, silence: number, pings: number): number {
  return silence === 0 ? longest : Math.min(longest, silence / pings);
}
