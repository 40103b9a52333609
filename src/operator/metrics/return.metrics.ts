/** Metrics of those whose connections are lost and whose places are kept, and of those who came back (R38). */
import type { RelayMonitor } from '../../relay/service/relay.monitor.js';
import type { MetricSource, Sample } from './read-metric.js';
import type { Walk } from './walk.js';

const ROLES = ['host', 'player'] as const;

export function returnMetrics(walk: Walk, monitor: RelayMonitor): MetricSource[] {
  return [
    {
      ...{ name: 'carparty_away', help: 'Hosts and players that are away: their places wait for them.' },
      type: 'gauge',
      read: () => {
        const { hostsAway, playersAway } = walk.totals;
        return [
          { labels: { role: 'host' }, value: hostsAway },
          { labels: { role: 'player' }, value: playersAway },
        ];
      },
    },
    {
      ...{
        name: 'carparty_returns_total',
        help: 'Hosts and players that came back; resumed: went on exactly.',
      },
      type: 'counter',
      read: () =>
        ROLES.flatMap((role): Sample[] => {
          const { resumed, fresh } = monitor.returns[role];
          return [
            { labels: { role, resumed: 'yes' }, value: resumed },
            { labels: { role, resumed: 'no' }, value: fresh },
          ];
        }),
    },
    {
      ...{ name: 'carparty_replayed_messages_total', help: 'Messages that were sent once more at a return.' },
      type: 'counter',
      read: () => ROLES.map((role) => ({ labels: { role }, value: monitor.returns[role].replayed })),
    },
    {
      ...{ name: 'carparty_kept_bytes', help: 'Bytes kept for peers that may come back.', type: 'gauge' },
      read: () => [{ labels: {}, value: walk.totals.keptBytes }],
    },
  ];
}
