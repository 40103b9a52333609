/** Metrics of rooms, of those who are connected, and of those who came and went. */
import { FINDING_KINDS } from '../ledger/finding.js';
import type { RoomLinter } from '../ledger/room-linter.js';
import type { Tally } from '../ledger/tally.js';
import { linesOf, type MetricSource } from './read-metric.js';
import type { Walk } from './walk.js';

/** Players of a room. */
const ROOM_SIZES = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

export function partyMetrics(walk: Walk, tally: Tally, linter: RoomLinter): MetricSource[] {
  return [
    {
      ...{ name: 'carparty_findings_total', help: 'Rooms whose game makes a mistake, by kind.' },
      type: 'counter',
      read: () =>
        FINDING_KINDS.map((finding) => ({ labels: { finding }, value: linter.rooms.get(finding) ?? 0 })),
    },
    {
      ...{ name: 'carparty_rooms', help: 'Open rooms.', type: 'gauge' },
      read: () => [{ labels: {}, value: walk.roomSizes.length }],
    },
    {
      ...{ name: 'carparty_room_players', help: 'Open rooms by number of players.', type: 'gaugehistogram' },
      read: () => linesOf('carparty_room_players', sizesNow(walk), {}, 'g'),
    },
    {
      ...{ name: 'carparty_connections', help: 'Open connections by role; none: not logged in.' },
      type: 'gauge',
      read: () => {
        const { hosts, players, pending } = walk.totals;
        return [
          { labels: { role: 'host' }, value: hosts },
          { labels: { role: 'player' }, value: players },
          { labels: { role: 'none' }, value: pending },
        ];
      },
    },
    {
      ...{ name: 'carparty_logins_total', help: 'Logins by role and result.', type: 'counter' },
      read: () =>
        tally.logins.map(({ role, reason: result, count: value }) => ({ labels: { role, result }, value })),
    },
    {
      ...{
        name: 'carparty_endings_total',
        help: 'Connections that ended or were refused, by role and ending.',
      },
      type: 'counter',
      read: () =>
        tally.endings.map(({ role, reason: ending, count: value }) => ({ labels: { role, ending }, value })),
    },
  ];
}

function sizesNow({ roomSizes: sizes }: Walk): Parameters<typeof linesOf>[1] {
  const upTo = ROOM_SIZES.map((bound) => [bound, sizes.filter((size) => size <= bound).length] as const);
  return { upTo, sum: sizes.reduce((sum, size) => sum + size, 0), count: sizes.length };
}
