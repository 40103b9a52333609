/** Which backbone a relay has: its own by default, NATS if the options name its servers. */
import type { OnApplicationBootstrap, OnApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import { loadFor } from '../config/needed-package.js';
import type { RelayOptions } from '../config/relay-options.js';
import type { Readiness } from '../relay/rooms/readiness.js';
import type { RoomDirectory } from '../relay/rooms/room-directory.js';
import type { Turn } from '../relay/rooms/turn.js';
import type { Seats } from '../relay/seats/seats.js';
import type { Backbone } from '../relay/session/backbone.js';
import type { FrozenWatch } from './claims/frozen-watch.js';
import { SYSTEM_CLOCK } from './clock.js';
import { LocalBackbone } from '../relay/session/local-backbone.js';
import { NestLog } from './nest-log.js';
import { SharedBackbone } from './shared-backbone.js';
import { TIMINGS } from './timings.js';

const MIB = 1024 * 1024;

/** Lives as long as its Nest application. */
class NestBackbone
  extends SharedBackbone
  implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  onApplicationBootstrap(): void {
    this.start();
  }

  /** Before the relay closes connections: a host may log in elsewhere as soon as it is closed (B13). */
  async onModuleDestroy(): Promise<void> {
    await this.releaseCodes();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}

/** The client of NATS is loaded only if it is used. */
export async function createBackbone(
  options: RelayOptions,
  rooms: RoomDirectory,
  seats: Seats,
  turn: Turn,
  readiness: Readiness,
  watch: FrozenWatch,
): Promise<Backbone> {
  if (options.nats.length === 0) return new LocalBackbone();
  const { createNatsBroker } = await loadFor(
    'The option nats',
    ['@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/kv'],
    () => import('./broker/nats/create-nats-broker.js'),
  );
  const log = new NestLog(readiness, options.nats.map((url) => new URL(url).host).join(', '));
  return new NestBackbone({
    broker: createNatsBroker(options, (error) => log.failed(error)),
    rooms,
    seats,
    turn,
    clock: SYSTEM_CLOCK,
    watch,
    timings: TIMINGS,
    prefix: options.natsPrefix,
    maxPlayersPerRoom: options.maxPlayersPerRoom,
    probeHost: options.probeHost,
    maxQueued: Math.max(16 * MIB, 4 * options.maxMessageSize),
    log,
  });
}
