// A party as its guests see it, in a real browser: a big screen and three phones.
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { PHONE, useDevices } from './browser.js';
import { Phone } from './phone.js';

const relay = new BuiltRelay();
beforeAll(() => relay.start());
afterAll(() => relay.stop());
const devices = useDevices();

const drivers = [
  { name: 'Mia', colour: 6 },
  { name: 'Jonas', colour: 7 },
  { name: 'Aylin', colour: 9 },
] as const;

test('three phones drive their cars on a big screen, each with its name, its colour and its round trip', async () => {
  const screen = await BigScreen.open(devices, relay.origin);
  const code = await screen.code();
  const phones = await Promise.all(drivers.map(() => Phone.scan(devices, relay.origin, `/party/${code}`)));
  for (const [index, { name, colour }] of drivers.entries()) {
    const phone = phones[index];
    await phone?.drive(name, colour);
    expect((await screen.badge(name)).text).toMatch(/^\S* ?\d+ ms$/);
    const { start, x, y } = await screen.room(colour);
    await phone?.pull(x, y / 2);
    await screen.untilMoved(colour, start);
    await phone?.release();
  }
  expect((await screen.drivers()).map((line) => line.split(' ')[0]).sort()).toEqual([
    'Aylin',
    'Jonas',
    'Mia',
  ]);
  const seen = phones[0]?.page.locator(
    '#link[data-quality=good], #link[data-quality=fair], #link[data-quality=bad]',
  );
  expect(await seen?.innerText()).toMatch(/\d+ ms$/);
  devices.expectNoComplaints();
});

test('a player feels it when the car hits a wall', async () => {
  const screen = await BigScreen.open(devices, relay.origin);
  const phone = await Phone.scan(devices, relay.origin, `/party/${await screen.code()}`);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
  await phone.pull(-1, 0);
  await phone.untilFelt();
  devices.expectNoComplaints();
});

test('without a touch screen the arrow keys drive', async () => {
  const screen = await BigScreen.open(devices, relay.origin);
  const href = await screen.page.locator('#drive-here').getAttribute('href');
  const desktop = await Phone.scan(devices, relay.origin, new URL(href ?? '').pathname, {});
  await desktop.drive('Mia', 6);
  await screen.badge('Mia');
  const { start, y } = await screen.room(6);
  const key = y > 0 ? 'ArrowDown' : 'ArrowUp';
  await desktop.page.keyboard.down(key);
  await screen.untilMoved(6, start);
  await desktop.page.keyboard.up(key);
  devices.expectNoComplaints();
});

test('names are shown as text, whatever characters they hold', async () => {
  const screen = await BigScreen.open(devices, relay.origin);
  const phone = await Phone.scan(devices, relay.origin, `/party/${await screen.code()}`);
  await phone.drive('<b>&amp;"', 6);
  await screen.badge('<b>&amp;"');
  expect(await screen.page.locator('#drivers b').count()).toBe(0);
  devices.expectNoComplaints();
});

test('a screen that is reloaded keeps its code, and its phones come back by themselves', async () => {
  const screen = await BigScreen.open(devices, relay.origin);
  const code = await screen.code();
  const phone = await Phone.scan(devices, relay.origin, `/party/${code}`);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
  await screen.page.reload();
  await screen.badge('Mia');
  expect(await screen.code()).toBe(code);
});

const displays: [string, BrowserContextOptions][] = [
  ['by night and with less motion', { colorScheme: 'dark', reducedMotion: 'reduce' }],
  ['on a small phone', { ...PHONE, viewport: { width: 320, height: 568 } }],
  ['on a phone that lies on its side', { ...PHONE, viewport: { width: 740, height: 340 } }],
];
test.each(displays)('both pages open %s, and nothing overflows', async (_, options) => {
  const screen = await BigScreen.open(devices, relay.origin, options);
  const phone = await Phone.scan(devices, relay.origin, `/party/${await screen.code()}`, options);
  for (const { page } of [screen, phone]) {
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  }
  await phone.page.getByLabel('Your name').fill('Mia');
  await phone.page.getByRole('radio', { name: 'turquoise' }).check();
  await phone.page.getByRole('button', { name: 'Drive' }).click();
  await phone.page.getByRole('application', { name: /^Joystick/ }).waitFor();
  await screen.badge('Mia');
  devices.expectNoComplaints();
});
