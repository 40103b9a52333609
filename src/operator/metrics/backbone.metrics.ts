/** Metrics of what joins the nodes; where there is one node, they stand still. */
import type { Backbone, BackboneState } from '../../relay/session/backbone.js';
import type { MetricSource, Sample } from './read-metric.js';

const STATES: readonly BackboneState[] = ['local', 'starting', 'up', 'away', 'full'];

export function backboneMetrics(backbone: Backbone): MetricSource[] {
  const { counters } = backbone;
  const now = (name: string, help: string, value: () => number): MetricSource => {
    return { name, help, type: 'gauge', read: () => [{ labels: {}, value: value() }] };
  };
  const total = (name: string, help: string, read: () => Sample[]): MetricSource => {
    return { name, help, type: 'counter', read };
  };
  return [
    {
      ...{ name: 'carparty_backbone_state', help: '1 for the current state of the backbone.', type: 'gauge' },
      read: () =>
        by(
          'state',
          STATES.map((state) => [state, state === backbone.state ? 1 : 0] as const),
        ),
    },
    now('carparty_links', 'Links to other nodes.', () => counters.links),
    now('carparty_guests', 'Players of other nodes in rooms of this node.', () => counters.guests),
    now('carparty_visitors', 'Players of this node in rooms of others.', () => counters.visitors),
    total('carparty_claims_total', 'Codes that hosts of this node asked for, by result.', () =>
      by('result', Object.entries(counters.claims)),
    ),
    total('carparty_fenced_total', 'Rooms that ended because another node may hold their code.', () => [
      { labels: {}, value: counters.fenced },
    ]),
    total('carparty_link_losses_total', 'Lost links to other nodes, by cause.', () =>
      by('cause', Object.entries(counters.linkLosses)),
    ),
    total('carparty_broker_losses_total', 'Lost connections to the broker.', () => [
      { labels: {}, value: counters.brokerLosses },
    ]),
    total('carparty_link_frames_total', 'Frames to and from other nodes.', () =>
      by('direction', [
        ['in', counters.framesReceived],
        ['out', counters.framesSent],
      ]),
    ),
    total('carparty_link_bytes_total', 'Bytes to and from other nodes.', () =>
      by('direction', [
        ['in', counters.bytesReceived],
        ['out', counters.bytesSent],
      ]),
    ),
  ];
}

function by(label: string, rows: readonly (readonly [string, number])[]): Sample[] {
  return rows.map(([name, value]) => ({ labels: { [label]: name }, value }));
}
