// A phone or the big screen is away for a moment: each page shows that, and nothing is lost when it is back.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { useDevices } from './browser.js';
import { FlakyNetwork } from './flaky-network.js';
import { Phone } from './phone.js';

const relay = new BuiltRelay();
/** It keeps the place of a phone for a second. */
const hasty = new BuiltRelay(['--max-grace', '1']);
beforeAll(async () => {
  await relay.start();
  await hasty.start();
});
afterAll(async () => {
  await hasty.stop();
  await relay.stop();
});
let network: FlakyNetwork;
beforeEach(async () => void (network = await FlakyNetwork.before(relay.origin)));
afterEach(() => network.close());
const devices = useDevices();

/** On a new screen, until the test says so, all is put into the middle: a new car stands on the star. */
const LUCKY = `{
  window.lucky = sessionStorage.getItem('carparty:cars') === null;
  const random = Math.random;
  Math.random = () => (window.lucky ? 0.5 : random());
}`;

/** Mia drives, and has stars; returns how many. */
async function startParty(origin = relay.origin, phones = network): Promise<Party> {
  const screen = await BigScreen.open(devices, origin, { reducedMotion: 'reduce' }, LUCKY);
  const phone = await Phone.scan(devices, phones.origin, `/party/${await screen.code()}`);
  await phone.drive('Mia', 6);
  await screen.driver('Mia').getByText('★').waitFor();
  await screen.page.evaluate('window.lucky = false');
  await phone.untilMeasured();
  // The star moves away from her car.
  for (let frames = 0; frames < 5; frames++) await screen.frame();
  return { screen, phone, stars: await screen.stars('Mia') };
}

interface Party {
  readonly screen: BigScreen;
  readonly phone: Phone;
  readonly stars: string;
}

/** Waits until each page shows all of the party again, and Mia drives. */
async function drivesOn({ screen, phone, stars }: Party): Promise<void> {
  await screen.untilBack('Mia');
  expect((await screen.badge('Mia')).text).toMatch(/ms$/);
  const { start, x } = await screen.room(6);
  expect(await screen.stars('Mia')).toBe(stars);
  await phone.page.getByText(stars).waitFor();
  await phone.pull(x, 0);
  await screen.untilMoved(6, start);
}

test('the car of a phone that is away stands grey, says so, and drives on with its stars', async () => {
  const party = await startParty();
  const { screen, phone, stars } = party;
  const { x, y } = await screen.room(6);
  await phone.pull(x, y);
  network.down();
  await screen.untilAway('Mia');
  expect(await screen.drivers()).toEqual([expect.stringMatching(`^Mia ${stars} away$`)]);
  await screen.untilGone(6);
  await screen.untilParked();
  await phone.release();
  network.up();
  await drivesOn(party);
});

test('the car of a phone that is away for too long leaves the screen', async () => {
  const phones = await FlakyNetwork.before(hasty.origin);
  const { screen } = await startParty(hasty.origin, phones);
  await phones.close();
  await screen.untilAway('Mia');
  await screen.driver('Mia').waitFor({ state: 'detached' });
  await screen.untilGone(6);
});

test('a screen that is reloaded has its code, its drivers and their stars, and waits for who is away', async () => {
  const party = await startParty();
  const { screen, stars } = party;
  const code = await screen.code();
  const ben = await Phone.scan(devices, relay.origin, `/party/${code}`);
  await ben.drive('Ben', 7);
  await screen.badge('Ben');
  network.down();
  await screen.untilAway('Mia');
  await screen.page.reload();
  await screen.untilAway('Mia');
  await screen.untilBack('Ben');
  await screen.badge('Ben');
  expect(await screen.code()).toBe(code);
  expect(await screen.stars('Mia')).toBe(stars);
  network.up();
  await drivesOn(party);
});

test('while the screen is away a phone keeps its connection and its controls, says so, and its badge grows old', async () => {
  const party = await startParty();
  const { screen, phone } = party;
  let more = 0;
  phone.page.on('websocket', () => more++);
  await screen.page.goto(`${relay.origin}/healthz`);
  await phone.page.getByText('The big screen is away. Waiting for it to come back.').waitFor();
  await phone.page.locator('#link[data-quality=bad]').waitFor();
  expect(await phone.page.locator('#link').innerText()).toMatch(/^✕ \d+ s$/);
  expect(await phone.page.locator('#pad').isVisible()).toBe(true);
  await screen.page.goBack();
  await phone.page.locator('#trouble').waitFor({ state: 'hidden' });
  await phone.untilMeasured();
  await drivesOn(party);
  expect(more).toBe(0);
});

test('a phone that joins while the screen is away waits for it, and drives when it is back', async () => {
  const screen = await BigScreen.open(devices, relay.origin);
  const path = `/party/${await screen.code()}`;
  await screen.page.goto(`${relay.origin}/healthz`);
  const phone = await Phone.scan(devices, relay.origin, path);
  await phone.page.getByText('The big screen is away. Waiting for it to come back.').waitFor();
  await phone.drive('Mia', 6);
  await screen.page.goBack();
  await screen.badge('Mia');
});

test('a screen greets each new connection once, also those that it finds after a reload', async () => {
  const { screen, phone } = await startParty();
  const greetings = await phone.greetings();
  network.down();
  await screen.untilAway('Mia');
  network.up();
  await screen.untilBack('Mia');
  await phone.untilMeasured();
  // Nothing is missing: the phone goes on, and needs no greeting.
  expect(greetings()).toBe(0);
  await screen.page.reload();
  await screen.badge('Mia');
  await phone.untilMeasured();
  expect(greetings()).toBe(1);
});
