// What happens when a phone's connection is dead and neither end knows: as after Wi-Fi to 4G, or a sleep.
import type { WebSocket } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestHost } from '../../client/peers.js';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { useDevices } from './browser.js';
import { FlakyNetwork } from './flaky-network.js';
import { Phone } from './phone.js';

const relay = new BuiltRelay();
beforeAll(() => relay.start());
afterAll(() => relay.stop());
let network: FlakyNetwork;
beforeEach(async () => void (network = await FlakyNetwork.before(relay.origin)));
afterEach(() => network.close());
const devices = useDevices();

/** The screen's timers sleep while `window.asleep`, as those of a page that is out of sight. */
const SLEEPY = `{
  const begin = setInterval;
  window.setInterval = (step, pause) => begin(() => window.asleep || step(), pause);
}`;

async function joinParty(): Promise<{ screen: BigScreen; phone: Phone }> {
  const screen = await BigScreen.open(devices, relay.origin, {}, SLEEPY);
  const phone = await Phone.scan(devices, network.origin, `/party/${await screen.code()}`);
  await phone.untilState('joined');
  return { screen, phone };
}

/** A guest drives, on a phone whose time can be hurried. */
async function startParty(): Promise<{ screen: BigScreen; phone: Phone; socket: WebSocket }> {
  const { screen, phone } = await joinParty();
  await phone.page.clock.install();
  const opened = phone.page.waitForEvent('websocket');
  await phone.page.reload();
  const socket = await opened;
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
  await phone.untilMeasured();
  return { screen, phone, socket };
}

test('the badges of a dead connection turn bad within three seconds, on the phone and on the screen', async () => {
  const { screen, phone } = await startParty();
  network.strand();
  await phone.page.clock.runFor(3_000);
  expect(await phone.quality()).toBe('bad');
  expect(await phone.page.locator('#link').innerText()).toMatch(/^✕ \d+ s$/);
  await screen.page.getByText(/✕ \d{3,} ms/).waitFor();
});

test('the phone replaces a dead connection after eight seconds, and drives on', async () => {
  const { screen, phone } = await startParty();
  network.strand();
  // The relay notices after fifty seconds, for which this does not wait.
  const replaced = phone.page.waitForEvent('websocket');
  await phone.page.clock.runFor(9_000);
  await replaced;
  await phone.untilMeasured();
  await phone.untilState('joined');
  const { start, x } = await screen.room(6);
  await phone.pull(x, 0);
  await screen.untilMoved(6, start);
});

test('a screen whose timers sleep answers a phone that asks, and does not count as dead', async () => {
  const { screen, phone, socket } = await startParty();
  await screen.page.evaluate('window.asleep = true');
  for (let seconds = 0; seconds < 10; seconds += 2) {
    const ping = socket.waitForEvent('framereceived', ({ payload }) => payload.includes('"ping"'));
    await phone.page.clock.runFor(2_000);
    await ping;
  }
  expect(await phone.quality()).not.toBe('bad');
  expect(socket.isClosed()).toBe(false);
});

test('a player that takes a while to choose a name stays in the party, on the same connection', async () => {
  const { screen, phone } = await joinParty();
  await phone.page.clock.install();
  const opened = phone.page.waitForEvent('websocket');
  await phone.page.reload();
  const socket = await opened;
  await phone.untilState('joined');
  for (let seconds = 0; seconds < 16; seconds += 4) {
    await phone.page.clock.runFor(4_000);
    await socket.waitForEvent('framereceived', ({ payload }) => payload.includes('"ping"'));
  }
  expect(socket.isClosed()).toBe(false);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
});

test('a game with another controller never sees this page leave and join again', async () => {
  const { host } = await TestHost.open({ url: relay.url });
  host.on('join', (id) => host.sendTo(id, { say: 'how the game stands' }));
  const phone = await Phone.scan(devices, relay.origin, `/party/${host.code}`);
  await phone.page.clock.install();
  await phone.page.reload();
  await phone.untilState('joined');
  let more = 0;
  phone.page.on('websocket', () => more++);
  await phone.page.clock.runFor(60_000);
  await phone.page.getByText('does not answer this page').waitFor();
  expect(more).toBe(0);
  host.close();
});

test('a phone that changed its network is greeted, and recognises its game', async () => {
  const { screen, phone } = await startParty();
  network.strand();
  await phone.page.evaluate(`['offline', 'online'].forEach((name) => dispatchEvent(new Event(name)))`);
  await phone.untilMeasured();
  await phone.page.clock.runFor(4_000);
  expect(await phone.page.locator('#stranger').isVisible()).toBe(false);
  const { start, x } = await screen.room(6);
  await phone.pull(x, 0);
  await screen.untilMoved(6, start);
});

test('a phone that is reloaded while its old connection still counts is greeted under its new name', async () => {
  const { screen, phone } = await startParty();
  network.strand();
  await phone.page.reload();
  await phone.drive('Zoë', 7);
  await screen.badge('Zoë');
  await phone.untilMeasured();
  expect(await screen.drivers()).toHaveLength(1);
  expect(await phone.page.locator('#stranger').isVisible()).toBe(false);
});

test('a phone that comes back before any car has moved is greeted too', async () => {
  const { screen, phone } = await joinParty();
  network.strand();
  await phone.page.reload();
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
});
