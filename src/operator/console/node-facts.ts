/** How this node is, and what joins it to others, in words. */
import { version } from '../../config/version.js';
import type { Totals } from '../../relay/service/relay.monitor.js';
import type { Backbone, BackboneState } from '../../relay/session/backbone.js';
import type { Fact } from './look.js';

const PROGRAM = `${version()}, on Node ${process.version}`;

const STATES: Readonly<Record<BackboneState, string>> = {
  local: 'none: this node is alone',
  starting: 'starting: this node has not joined the others yet',
  up: 'up',
  away: 'away: the NATS servers do not answer',
  full: 'full: JetStream has no space left for another code',
};

export function nodeFacts(totals: Totals, backbone: Backbone): Fact[] {
  const { hosts, players, pending, hostsAway, playersAway, keptBytes } = totals;
  const memory = Math.round(process.memoryUsage.rss() / 2 ** 20);
  return [
    ['Connections', `${hosts} hosts, ${players} players, ${pending} that have not logged in`],
    [
      'Away',
      `${hostsAway} hosts and ${playersAway} players, whose places wait; ${Math.ceil(keptBytes / 1024)} KiB kept for returns`,
    ],
    ['Backbone', STATES[backbone.state]],
    ...(backbone.state === 'local' ? [] : backboneFacts(backbone)),
    ['Running since', startedAt()],
    ['Memory', `${memory} MiB`],
    ['Version', PROGRAM],
  ];
}

/** `2026-01-31 20:15 UTC`. */
function startedAt(): string {
  const started = new Date(Date.now() - process.uptime() * 1_000).toISOString();
  return `${started.slice(0, 16).replace('T', ' ')} UTC`;
}

function backboneFacts({ counters }: Backbone): Fact[] {
  const { links, guests, visitors, brokerLosses, linkLosses, claims } = counters;
  return [
    ['Links to other nodes', `${links} up; lost so far: ${listed(linkLosses) || 'none'}`],
    [
      'Members on other nodes',
      `${guests} remote players in rooms here, ${visitors} players here in remote rooms`,
    ],
    ['Codes asked for', listed(claims) || 'none'],
    ['NATS lost', `${brokerLosses} times`],
  ];
}

/** `3 gap, 1 silence`; what never happened is left out. */
function listed(counts: Readonly<Record<string, number>>): string {
  const seen = Object.entries(counts).filter(([, count]) => count > 0);
  return seen.map(([name, count]) => `${count} ${name}`).join(', ');
}
