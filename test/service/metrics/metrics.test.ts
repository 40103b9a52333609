// What Prometheus reads of the program, and what the dashboard and the alerts make of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { ENDINGS } from '../../../src/index.js';
import { fixed } from '../../harness/fixed.js';
import { Program, projectRoot } from '../../harness/program.js';
import { loginPlayer, useRelay } from '../../harness/relay.js';
import { Exposed } from './exposed.js';

const TOKEN = 'correct-horse-battery';
const relay = useRelay(
  ...['--operator-token', TOKEN, ...fixed({ hostPingInterval: 1, playerPingInterval: 1 })],
);

async function look(): Promise<Exposed> {
  const agent = supertest(relay.url('').replace('ws', 'http'));
  const { text } = await agent.get('/metrics').auth(TOKEN, { type: 'bearer' }).expect(200);
  return new Exposed(text);
}

/** By how much a line has grown. */
function growth(before: Exposed, after: Exposed, labelled: string): number {
  return (after.value(labelled) ?? 0) - (before.value(labelled) ?? 0);
}

test('[O14] the program exposes these metrics under these names', async () => {
  const { types } = await look();
  expect(Object.fromEntries(types)).toEqual({
    carparty_rooms: 'gauge',
    carparty_room_players: 'gaugehistogram',
    carparty_connections: 'gauge',
    carparty_logins: 'counter',
    carparty_endings: 'counter',
    carparty_findings: 'counter',
    carparty_away: 'gauge',
    carparty_returns: 'counter',
    carparty_replayed_messages: 'counter',
    carparty_kept_bytes: 'gauge',
    carparty_messages: 'counter',
    carparty_bytes: 'counter',
    carparty_undeliverable: 'counter',
    carparty_message_size_bytes: 'histogram',
    carparty_round_trip_seconds: 'histogram',
    carparty_outbox_bytes: 'gauge',
    carparty_paused_connections: 'gauge',
    carparty_build_info: 'gauge',
    carparty_draining: 'gauge',
    carparty_backbone_up: 'gauge',
    carparty_backbone_state: 'gauge',
    carparty_links: 'gauge',
    carparty_guests: 'gauge',
    carparty_visitors: 'gauge',
    carparty_claims: 'counter',
    carparty_fenced: 'counter',
    carparty_link_losses: 'counter',
    carparty_broker_losses: 'counter',
    carparty_link_frames: 'counter',
    carparty_link_bytes: 'counter',
    carparty_process_start_time_seconds: 'gauge',
    carparty_process_cpu_seconds: 'counter',
    carparty_process_resident_memory_bytes: 'gauge',
    carparty_event_loop_lag_seconds: 'gauge',
  });
});

test('[O14] a party shows in the metrics, message by message', async () => {
  const before = await look();
  const host = await relay.host();
  const players = [await relay.player(host, '467'), await relay.player(host, '468')];
  for (let n = 0; n < 5; n++) players[0]!.send('{"a":1}');
  await host.take(5);
  host.send('to all');
  host.send('{"receiver_id":"468"}');
  host.send('{"receiver_id":"469"}');
  await players[1]!.take(2);
  await host.fence();
  const after = await look();
  const grown: [string, number][] = [
    ['carparty_rooms', 1],
    ['carparty_connections{role="host"}', 1],
    ['carparty_connections{role="player"}', 2],
    ['carparty_room_players_bucket{le="1"}', 0],
    ['carparty_room_players_bucket{le="2"}', 1],
    ['carparty_room_players_bucket{le="+Inf"}', 1],
    ['carparty_room_players_gsum', 2],
    ['carparty_logins_total{role="host",result="granted"}', 1],
    ['carparty_logins_total{role="player",result="granted"}', 2],
    ['carparty_messages_total{direction="in",kind="forward"}', 5],
    ['carparty_messages_total{direction="out",kind="forward"}', 5],
    ['carparty_messages_total{direction="in",kind="broadcast"}', 1],
    ['carparty_messages_total{direction="out",kind="broadcast"}', 2],
    ['carparty_messages_total{direction="in",kind="unicast"}', 2],
    ['carparty_messages_total{direction="out",kind="unicast"}', 1],
    ['carparty_bytes_total{direction="in",kind="forward"}', 35],
    ['carparty_bytes_total{direction="out",kind="broadcast"}', 12],
    ['carparty_undeliverable_total{cause="no-such-player"}', 1],
    ['carparty_message_size_bytes_bucket{role="player",le="4"}', 0],
    ['carparty_message_size_bytes_bucket{role="player",le="8"}', 5],
    ['carparty_message_size_bytes_count{role="host"}', 3],
    ['carparty_message_size_bytes_sum{role="host"}', 48],
  ];
  expect(grown.map(([labelled]) => [labelled, growth(before, after, labelled)])).toEqual(grown);
  expect(after.value('carparty_process_cpu_seconds_total')).toBeGreaterThan(0);
});

test('[O14] endings and round trips are counted', async () => {
  const before = await look();
  const host = await relay.host();
  const player = await relay.player(host, '467');
  while (player.pings < 2) await player.fence();
  await player.fence();
  player.send('oops');
  await player.closed();
  const stranger = await relay.connect();
  stranger.send(loginPlayer(relay.code(), '467'));
  await relay.expectEnded(stranger, 'no-such-code');
  const after = await look();
  for (const [labelled, least] of [
    ['carparty_endings_total{role="player",ending="not-json"}', 1],
    ['carparty_endings_total{role="player",ending="no-such-code"}', 1],
    ['carparty_logins_total{role="player",result="no-such-code"}', 1],
    ['carparty_round_trip_seconds_count{role="player"}', 2],
    ['carparty_round_trip_seconds_bucket{role="player",le="20"}', 2],
  ] as const) {
    expect([labelled, growth(before, after, labelled) >= least]).toEqual([labelled, true]);
  }
});

test('[O14] no code, id or address ever appears in the metrics', async () => {
  const host = await relay.host('SECRETCODE');
  await (await relay.player(host, 'secretid')).leave();
  await host.next();
  const { text, labels } = await look();
  for (const secret of ['SECRETCODE', 'secretid', '127.0.0.1']) expect(text).not.toContain(secret);
  expect([...labels.keys()].sort()).toEqual(
    [
      'cause',
      'direction',
      'ending',
      'finding',
      'kind',
      'le',
      'node',
      'quantile',
      'result',
      'resumed',
      'role',
      'state',
      'version',
    ].sort(),
  );
  for (const ending of labels.get('ending') ?? []) expect(Object.keys(ENDINGS)).toContain(ending);
});

test('[O14] the answer is OpenMetrics, for operators only', async () => {
  const agent = supertest(relay.url('').replace('ws', 'http'));
  await agent.get('/metrics').expect(401);
  const { headers, text } = await agent.get(`/metrics?token=${TOKEN}`).expect(200);
  expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
  expect(text).toMatch(/\n# EOF\n$/);
  expect(text).not.toMatch(/NaN|undefined|null/);
});

test('[O15] with --without metrics the program has no metrics', async () => {
  const program = new Program(['--port', '0', '--operator-token', TOKEN, '--without', 'metrics']);
  const agent = supertest(`http://127.0.0.1:${await program.listening()}`);
  await agent.get(`/metrics?token=${TOKEN}`).expect(404);
  await agent.get('/readyz').expect(200);
  await program.stop();
});

const DEPLOYED = ['deploy/grafana-dashboard.json', 'deploy/alerts.yaml'];
test.each(DEPLOYED)('[O14] %s queries only metrics that the program exposes', async (path) => {
  const text = readFileSync(join(projectRoot, path), 'utf8');
  const host = await relay.host();
  await relay.player(host, '467');
  const exposed = await look();
  const asked = new Set(text.match(/\bcarparty_\w+/g));
  expect(asked.size).toBeGreaterThan(4);
  expect([...asked].filter((name) => !exposed.names.has(name))).toEqual([]);
  const endings = [...text.matchAll(/ending=~?\\?"([^"\\]*)/g)].flatMap(([, values = '']) =>
    values.split('|'),
  );
  expect(endings.length).toBeGreaterThan(0);
  expect(endings.filter((ending) => !(ending in ENDINGS))).toEqual([]);
  const known = [...exposed.labels.keys(), 'instance', 'job'];
  const labels = [...text.matchAll(/[{,](\w+)=~?\\?"/g)].map(([, name = '']) => name);
  expect(labels.filter((name) => !known.includes(name))).toEqual([]);
});

test('[O14] the dashboard is complete: each panel has its place, its words and its queries', () => {
  const { panels } = JSON.parse(readFileSync(join(projectRoot, DEPLOYED[0]!), 'utf8')) as {
    panels: { id: number; title: string; description: string; targets: { expr: string }[] }[];
  };
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { title, description, targets } of panels) {
    expect(Math.min(title.length, description.length, targets.length)).toBeGreaterThan(0);
    for (const { expr } of targets) expect(expr.split('(').length).toBe(expr.split(')').length);
  }
});
