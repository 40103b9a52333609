// Phones go away and come back: out of the network, into a pocket, and when the relay is restarted.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { useDevices } from './browser.js';
import { FlakyNetwork } from './flaky-network.js';
import { Phone } from './phone.js';

/** What is promised to a player; it takes a tenth of that here. */
const BACK_WITHIN_MS = 2_000;

const relay = new BuiltRelay();
let network: FlakyNetwork;
beforeAll(async () => {
  await relay.start();
  network = await FlakyNetwork.before(relay.origin);
});
afterAll(async () => {
  await network.close();
  await relay.stop();
});
const devices = useDevices();

async function startParty(): Promise<{ screen: BigScreen; phone: Phone }> {
  const screen = await BigScreen.open(devices, relay.origin);
  const phone = await Phone.scan(devices, network.origin, `/party/${await screen.code()}`);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
  return { screen, phone };
}

test('a phone that was offline reconnects by itself within two seconds of returning', async () => {
  const { screen, phone } = await startParty();
  await phone.page.context().setOffline(true);
  network.down();
  await screen.untilAway('Mia');
  await phone.page.getByText('This device is offline.').waitFor();
  network.up();
  const returned = Date.now();
  await phone.page.context().setOffline(false);
  await screen.untilBack('Mia');
  expect(Date.now() - returned).toBeLessThan(BACK_WITHIN_MS);
  await screen.badge('Mia');
});

test('a phone whose connection died in a pocket reconnects within two seconds of being taken out', async () => {
  const { screen, phone } = await startParty();
  await phone.pocket();
  network.down();
  await screen.untilAway('Mia');
  network.up();
  const returned = Date.now();
  await phone.takeOut();
  await screen.untilBack('Mia');
  expect(Date.now() - returned).toBeLessThan(BACK_WITHIN_MS);
});

test('after a restart of the relay all peers are back, with the same code and the same car', async () => {
  const { screen, phone } = await startParty();
  const code = await screen.code();
  await relay.stop();
  await screen.untilAway('Mia');
  await phone.untilState('waiting');
  await relay.start();
  await screen.untilBack('Mia');
  expect(await screen.code()).toBe(code);
  const { start, x } = await screen.room(6);
  await phone.pull(x, 0);
  await screen.untilMoved(6, start);
});
