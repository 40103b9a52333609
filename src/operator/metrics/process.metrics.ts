/** Metrics of the process: what it is, what it costs, and whether it takes new rooms. */
import { version } from '../../config/version.js';
import type { Readiness } from '../../relay/rooms/readiness.js';
import type { MetricSource } from './read-metric.js';

export function processMetrics(readiness: Readiness): MetricSource[] {
  const startedAt = Math.round(Date.now() / 1_000 - process.uptime());
  const build = { version: version(), node: process.version };
  return [
    one('carparty_build_info', 'The version of the relay and of Node.', 'gauge', () => 1, build),
    one('carparty_draining', '1 while the relay takes no new host.', 'gauge', () =>
      readiness.isDraining ? 1 : 0,
    ),
    one('carparty_backbone_up', '0 while the backbone is away.', 'gauge', () =>
      readiness.now().includes('no-backbone') ? 0 : 1,
    ),
    one('carparty_process_start_time_seconds', 'Start time of the process.', 'gauge', () => startedAt),
    one('carparty_process_cpu_seconds_total', 'CPU time of the process.', 'counter', cpuSeconds),
    one('carparty_process_resident_memory_bytes', 'Resident memory of the process.', 'gauge', () =>
      process.memoryUsage.rss(),
    ),
  ];
}

function one(
  name: string,
  help: string,
  type: MetricSource['type'],
  value: () => number,
  labels = {},
): MetricSource {
  return { name, help, type, read: () => [{ labels, value: value() }] };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
