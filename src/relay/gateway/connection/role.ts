/** What a login makes of a connection: a host's or a player's. */
import type { Histogram } from '../../routing/traffic.js';
import type { MessageSink } from './message-sink.js';
import type { Senders } from './socket-outbox.js';
import type { RoleLimits } from './watch.js';

export interface Role {
  readonly limits: RoleLimits;
  readonly fanoutByteRate: number;
  /** Where its round trips are counted. */
  readonly roundTrips: Histogram;
  readonly sink: MessageSink;
  readonly senders?: Senders;
}
