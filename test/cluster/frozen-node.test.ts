// Fault: a node stands still for longer than others may wait, and wakes.
import { expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { loginPlayer } from '../harness/relay.js';
import { isUp } from '../harness/node.js';
import { hostAtLast, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker();

test('[B5] a node that wakes after nine seconds sends nothing, lets no peer in and ends its rooms', async () => {
  const [frozen, b] = await broker.two();
  const old = await WatchedParty.open(frozen, 'SNEK');
  await old.join(frozen, 'near');
  await old.join(b, 'far');
  const late = await frozen.connect();
  frozen.program.signal('SIGSTOP');
  const stoppedAt = performance.now();
  // All that they say from now on waits in the sockets of the frozen node.
  await old.closed('far');
  const next = await hostAtLast(b, 'SNEK');
  expect(told('SIGSTOP: code taken over after', stoppedAt)).toBeLessThan(12_000);
  await sleep(Math.max(0, stoppedAt + 9_000 - performance.now()));
  late.send(loginPlayer('SNEK', 'late'));
  const heardBefore = old.heard('near');
  const wokenAt = performance.now();
  frozen.program.signal('SIGCONT');
  const closedAt = await old.closed('near');
  await old.host.closed();
  expect(told('SIGCONT: its peers closed after', wokenAt, closedAt)).toBeLessThan(5_000);
  expect(old.heard('near')).toBe(heardBefore);
  // The code is another's: a login for it at the node that has woken comes to its party, or to none.
  const notices = [connectNotice('late'), disconnectNotice('late'), connectNotice('new')];
  await isUp(frozen);
  const player = await frozen.connect();
  player.send(loginPlayer('SNEK', 'new'));
  for (;;) {
    const notice = (await next.next()) as string;
    expect(notices).toContain(notice);
    if (notice === connectNotice('new')) break;
  }
  old.verdict();
});
