// Those who have asked, on relays that are programs of their own, over sockets.
import { expect, test } from 'vitest';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import {
  goingOn,
  stayingHost,
  stayingPlayer,
  wordsToHost,
  wordsToPlayer,
} from '../wire/returning/staying.js';
import { tryHost, useBroker } from './nodes.js';

const broker = useBroker();

/** Another one for each test: the codes of nodes that were killed are not free yet. */
let codes = 0;
const code = (): string => `PARTY${++codes}`;

const away = { $relay: 'away', client_id: '467' };
const back = (resumed: boolean): object => ({ $relay: 'back', client_id: '467', resumed });

test('[R29] a phone that loses its network comes back to its node and misses nothing, and on another node begins anew', async () => {
  const [a, b, c] = await broker.three();
  const host = await stayingHost(a, { grace: 60 }, code());
  const phone = await stayingPlayer(b, host, '467');
  expect(phone.welcome).toMatchObject({ resumed: false, got: 0, grace: 60 });
  expect(await host.next()).toBe(connectNotice('467'));
  host.send('{"lap":1}');
  expect(await phone.next()).toBe('{"lap":1}');
  phone.send('{"speed":9}');
  expect(await host.next()).toBe('{"speed":9,"client_id":"467"}');
  phone.vanish();
  expect(await wordsToHost(host)).toEqual(away);
  for (let lap = 2; lap <= 100; lap++) host.send(`{"lap":${lap}}`);
  const again = await stayingPlayer(b, host, '467', goingOn(phone.welcome, 1));
  expect(again.welcome).toMatchObject({ stream: phone.welcome['stream'], resumed: true, got: 1 });
  expect(await wordsToHost(host)).toEqual(back(true));
  for (let lap = 2; lap <= 100; lap++) expect(await again.next()).toBe(`{"lap":${lap}}`);
  const elsewhere = await stayingPlayer(c, host, '467', goingOn(again.welcome, 100));
  expect(elsewhere.welcome).toMatchObject({ resumed: false, got: 0 });
  expect((await again.closed()).code).toBe(1006);
  expect(await wordsToHost(host)).toEqual(back(false));
  host.send('{"lap":101}');
  expect(await elsewhere.next()).toBe('{"lap":101}');
  elsewhere.send('{"speed":8}');
  expect(await host.next()).toBe('{"speed":8,"client_id":"467"}');
});

test('[R29] the seat of a phone whose node is killed is away until the phone comes back on another one', async () => {
  const [a, b] = await broker.two();
  const host = await stayingHost(a, { grace: 60 }, code());
  const phone = await stayingPlayer(b, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  await b.kill();
  await phone.closed();
  expect(await wordsToHost(host)).toEqual(away);
  const again = await stayingPlayer(a, host, '467', goingOn(phone.welcome, 0));
  expect(again.welcome['resumed']).toBe(false);
  expect(await wordsToHost(host)).toEqual(back(false));
  await a.expectParty(host, again);
});

test('[R29] phones of a node that stops are away, and their host hears that they come back', async () => {
  const [a, b] = await broker.two();
  const host = await stayingHost(a, { grace: 60 }, code());
  const phone = await stayingPlayer(b, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  const stopped = b.stop();
  expect((await phone.closed()).code).toBe(1001);
  await stopped;
  expect(await wordsToHost(host)).toEqual(away);
  await stayingPlayer(a, host, '467');
  expect(await wordsToHost(host)).toEqual(back(false));
});

test('[R29] a screen that lost its network gets its code on another node, and phones learn that its room has ended', async () => {
  const [a, b] = await broker.two();
  const host = await stayingHost(a, { hold: 60, grace: 60 }, code());
  const phone = await stayingPlayer(b, host, '467');
  host.vanish();
  expect(await wordsToPlayer(phone)).toEqual({ $relay: 'away' });
  const same = await stayingHost(b, { ...goingOn(host.welcome, 1), hold: 60 }, host.code);
  expect(same.welcome).toMatchObject({ server_code: host.code, resumed: false, hold: 60 });
  expect(await phone.closed()).toEqual({ code: 4000, reason: 'host-left' });
  const again = await stayingPlayer(a, host, '467');
  expect(await same.next()).toBe(connectNotice('467'));
  await a.expectParty(same, again);
});

test('[R29] the time of a seat on another node passes, and its host gets the notice', async () => {
  const [a, b] = await broker.two();
  const host = await stayingHost(a, { grace: 1 }, code());
  const phone = await stayingPlayer(b, host, '467');
  phone.vanish();
  expect(await host.next()).toBe(connectNotice('467'));
  expect(await wordsToHost(host)).toEqual(away);
  expect(await host.next()).toBe(disconnectNotice('467'));
});

test('[R29] a code that a stalled screen holds is free on another node, if the operator has silent hosts probed', async () => {
  const [a, b] = await broker.two('--probe-host', '1', '--host-silence', '30');
  const living = await a.host(code());
  expect(await tryHost(b, living.code)).toBeUndefined();
  const silent = await a.host(code());
  silent.stall();
  await expect.poll(() => tryHost(b, silent.code), { timeout: 30_000 }).toBeDefined();
  expect(a.logs.count('missed-heartbeat')).toBe(1);
  await a.expectParty(living, await b.player(living, '1'));
});
