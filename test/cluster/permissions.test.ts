// The permissions that the documentation names are all that a node needs at NATS.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import { afterAll, expect, test } from 'vitest';
import { NatsServer } from '../harness/nats-server.js';
import { type Node, isUp } from '../harness/node.js';
import { loginPlayer } from '../harness/one-relay.js';
import { projectRoot } from '../harness/program.js';
import { hostAtLast, startNode } from './nodes.js';

/** The example of the documentation, as it stands there. */
function documented(): string {
  const text = readFileSync(join(projectRoot, 'docs/operations.md'), 'utf8');
  const [, block] = /```conf\n(authorization [^`]*)```/.exec(text) ?? [];
  if (block === undefined) throw new Error('docs/operations.md shows no permissions');
  return block.replaceAll('$NATS_PASSWORD', 'secret').replaceAll('$OTHER_PASSWORD', 'other');
}

const nats = new NatsServer({ config: documented() });
const nodes: Node[] = [];
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await nats.stop();
});

test('[B19] a user with the permissions of the documentation can run a relay, and other users cannot reach it', async () => {
  await nats.start();
  const url = nats.url.replace('nats://', 'nats://relay:secret@');
  for (let n = 0; n < 2; n++) nodes.push(await startNode(url));
  const [a, b] = nodes as [Node, Node];
  await isUp(b);
  const host = await hostAtLast(a, 'SNEK');
  const player = await b.connect();
  player.send(loginPlayer('SNEK', '467'));
  await host.next();
  player.send('{"n":1}');
  expect(await host.next()).toBe('{"n":1,"client_id":"467"}');
  host.dispose();
  await hostAtLast(b, 'SNEK');
  const other = await connect({ servers: `127.0.0.1:${nats.port}`, user: 'other', pass: 'other' });
  const refused = (async () => {
    for await (const status of other.status()) if (status.type === 'error') return String(status.error);
    return '';
  })();
  other.publish('carparty.join.uU05FSw', 'x');
  expect(await refused).toContain('Permissions Violation for Publish to "carparty.join.uU05FSw"');
  await other.close();
  for (const { logs } of nodes) expect(logs.count('does not permit')).toBe(0);
});
