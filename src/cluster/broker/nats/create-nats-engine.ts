/** The engine that the options describe. */
import { hostname } from 'node:os';
import type { ClusterOptions } from '../../../config/cluster-options.js';
import { connectionOptions } from './connection-options.js';
import { NatsEngine } from './nats-engine.js';

/** @throws {OptionError} if a file that the options name cannot be read. */
export function createNatsEngine(options: ClusterOptions, failed: (error: unknown) => void): NatsEngine {
  const name = `carparty-relay ${hostname()} ${process.pid}`;
  return new NatsEngine(connectionOptions(options, name), options.natsReplicas, failed);
}
