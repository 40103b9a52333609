/** Metrics of messages: how many, how large, where they wait, and how long the way is. */
import type { Flow, Traffic } from '../../relay/routing/traffic.js';
import { linesOf, type MetricSource, type Sample } from './read-metric.js';
import type { Walk } from './walk.js';

/** Message sizes go up to 2^27 bytes, the power of two above the largest that is allowed. */
const LARGEST_POWER = 27;

export function trafficMetrics(traffic: Traffic, walk: Walk): MetricSource[] {
  return [
    {
      ...{ name: 'carparty_messages_total', help: 'Messages received, and copies sent.' },
      type: 'counter',
      read: () => flows(traffic, ({ messagesIn, messagesOut }) => [messagesIn, messagesOut]),
    },
    {
      ...{ name: 'carparty_bytes_total', help: 'Payload bytes of these messages.', type: 'counter' },
      read: () => flows(traffic, ({ bytesIn, bytesOut }) => [bytesIn, bytesOut]),
    },
    {
      ...{
        name: 'carparty_undeliverable_total',
        help: 'Messages of hosts that reached no player, by cause.',
      },
      type: 'counter',
      read: () => undeliverable(traffic),
    },
    {
      ...{ name: 'carparty_message_size_bytes', help: 'Sizes of received messages.', type: 'histogram' },
      read: () => sizes(traffic),
    },
    {
      ...{ name: 'carparty_round_trip_seconds', help: 'Time from a ping to its pong.', type: 'histogram' },
      read: () => roundTrips(traffic),
    },
    {
      ...{ name: 'carparty_outbox_bytes', help: 'Bytes queued for peers.', type: 'gauge' },
      read: () => [{ labels: {}, value: walk.totals.waiting }],
    },
    {
      ...{
        name: 'carparty_paused_connections',
        help: 'Connections that the relay does not read from at the moment.',
        type: 'gauge',
      },
      read: () => [{ labels: {}, value: walk.totals.paused }],
    },
  ];
}

function flows(traffic: Traffic, countsOf: (flow: Flow) => [number, number]): Sample[] {
  return (['forward', 'broadcast', 'unicast'] as const).flatMap((kind) => {
    const [inward, outward] = countsOf(traffic[kind]);
    return [
      { labels: { direction: 'in', kind }, value: inward },
      { labels: { direction: 'out', kind }, value: outward },
    ];
  });
}

function undeliverable({ undeliverable: counts }: Traffic): Sample[] {
  return [
    { labels: { cause: 'no-players' }, value: counts.noPlayers },
    { labels: { cause: 'no-such-player' }, value: counts.noSuchPlayer },
    { labels: { cause: 'receiver-not-text' }, value: counts.receiverNotText },
  ];
}

function sizes({ player, host, forward, broadcast, unicast }: Traffic): Sample[] {
  const sums = { player: forward.bytesIn, host: broadcast.bytesIn + unicast.bytesIn };
  return Object.entries({ player, host }).flatMap(([role, { sizes }]) => {
    const buckets = {
      upTo: sizes.upTo(LARGEST_POWER),
      sum: sums[role as keyof typeof sums],
      count: sizes.count,
    };
    return linesOf('carparty_message_size_bytes', buckets, { role });
  });
}

function roundTrips({ player, host }: Traffic): Sample[] {
  return Object.entries({ player, host }).flatMap(([role, { roundTrips }]) => {
    const upTo = roundTrips.upTo().map(([bound, count]) => [bound / 1_000, count] as const);
    const buckets = { upTo, sum: roundTrips.sum / 1_000, count: roundTrips.count };
    return linesOf('carparty_round_trip_seconds', buckets, { role });
  });
}
