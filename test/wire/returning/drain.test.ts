// A node that is about to stop waits for those who are away as it does for those who are there.
import { afterEach, expect, test } from 'vitest';
import { Relay } from '../../harness/relay.js';
import { goingOn, stayingHost, stayingPlayer } from './staying.js';

const relay = new Relay(['--drain-seconds', '600']);

afterEach(() => relay.kill());

test('[B12] a relay that drains lets a host and its player come back, and stops when they have left', async () => {
  await relay.start();
  const host = await stayingHost(relay, { grace: 60, hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  await host.next();
  const exit = relay.program.stop();
  await relay.logs.until(({ text }) => text.startsWith('Draining'), 'that it drains');
  player.vanish();
  await host.next();
  host.vanish();
  await relay.logs.until(({ text }) => text.includes('its room waits for it'), 'that the host is away');
  const back = await stayingHost(relay, { grace: 60, hold: 60, ...goingOn(host.welcome, 2) }, host.code);
  expect(back.welcome).toMatchObject({ resumed: true });
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  expect(next.welcome).toMatchObject({ resumed: true });
  await next.leave(1000);
  await back.leave(1000);
  expect(await exit).toEqual({ code: 0, signal: null });
});

test('[B12] a relay that drains stops when a host that is away does not come back in time', async () => {
  await relay.start();
  const host = await stayingHost(relay, { hold: 1 });
  const exit = relay.program.stop();
  await relay.logs.until(({ text }) => text.startsWith('Draining'), 'that it drains');
  host.vanish();
  expect(await exit).toEqual({ code: 0, signal: null });
  expect(relay.logs.count('did not come back', host.code)).toBe(1);
});
