// Fault: a node dies with everything that it has.
import { expect, test } from 'vitest';
import { connectNotice } from '../harness/notices.js';
import { loginPlayer } from '../harness/relay.js';
import { hostAtLast, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker();

test('[B7] the code of a node that died under load is free again within six seconds', async () => {
  const [dying, b, c] = await broker.three();
  const theirs = await WatchedParty.open(dying, 'THEIRS');
  await theirs.join(b, 'b1', 'b2');
  await theirs.join(c, 'c1');
  const ours = await WatchedParty.open(b, 'OURS');
  await ours.join(dying, 'far');
  await ours.join(c, 'near');
  const killedAt = performance.now();
  await dying.program.stop('SIGKILL');
  const closedAt = await theirs.closed('b1', 'b2', 'c1');
  expect(told('SIGKILL: players on other nodes closed after', killedAt, closedAt)).toBeLessThan(8_000);
  await ours.missed('far');
  const next = await hostAtLast(c, 'THEIRS');
  expect(told('SIGKILL: code free after', killedAt)).toBeLessThan(12_000);
  const player = await b.connect();
  player.send(loginPlayer('THEIRS', 'b1'));
  expect(await next.next()).toBe(connectNotice('b1'));
  await ours.finish();
  theirs.verdict();
});
