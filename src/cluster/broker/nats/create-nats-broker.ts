/** The broker that the options describe. */
import { hostname } from 'node:os';
import type { ClusterOptions } from '../../../config/cluster-options.js';
import { connectionOptions } from './connection-options.js';
import { NatsBroker } from './nats-broker.js';

/** @throws {OptionError} if a file that the options name cannot be read. */
export function createNatsBroker(options: ClusterOptions, failed: (error: unknown) => void): NatsBroker {
  const name = `carparty-relay ${hostname()} ${process.pid}`;
  return new NatsBroker(connectionOptions(options, name), options.natsReplicas, failed);
}
