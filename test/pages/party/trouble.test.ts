// What guests read when they cannot get in, and hosts when no guest can.
import { networkInterfaces } from 'node:os';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { PHONE, useDevices } from './browser.js';
import { Phone } from './phone.js';

const local = new BuiltRelay();
const open = new BuiltRelay(['--ip', '0.0.0.0']);
beforeAll(async () => {
  await local.start();
  await open.start();
});
afterAll(async () => {
  await local.stop();
  await open.stop();
});
const devices = useDevices();

test('a wrong code shows its reason, and the player can type another code', async () => {
  const screen = await BigScreen.open(devices, local.origin);
  const phone = await Phone.scan(devices, local.origin, '/party/XXXX');
  await phone.untilState('ended');
  expect(await phone.page.locator('#status').innerText()).toMatch(/no game is running under XXXX/i);
  const code = await screen.code();
  await phone.page.fill('#other', code.toLowerCase());
  await phone.page.getByRole('button', { name: 'Join' }).click();
  await phone.untilState('joined');
  expect(await phone.page.locator('#code').innerText()).toBe(code);
});

test('a relay that only this computer can reach says so, and which option helps', async () => {
  await local.logs.until(
    ({ text }) => text.includes(`${local.origin}/party`) && text.includes('--ip 0.0.0.0'),
    'where the party page is, and how phones get there',
  );
  const { page } = await BigScreen.open(devices, local.origin);
  const notice = page.locator('#unreachable');
  expect(await notice.innerText()).toContain('--ip 0.0.0.0');
  expect(await page.locator('#scan').isVisible()).toBe(false);
  devices.expectNoComplaints();
});

const lan = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

test.skipIf(lan === undefined)(
  'a relay for the whole network shows its network address in the QR code',
  async () => {
    const screen = await BigScreen.open(devices, open.origin);
    const expected = new URL(`/party/${await screen.code()}`, open.origin);
    const shown = new URL(await readQr(screen));
    expect(shown.hostname).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(shown.hostname).not.toBe('127.0.0.1');
    expect(shown.port + shown.pathname).toBe(expected.port + expected.pathname);
    expect(await screen.page.locator('#address').innerText()).toBe(shown.host + shown.pathname);
  },
);

test('while the big screen is away a phone says so, waits, and keeps its buttons visible', async () => {
  const screen = await BigScreen.open(devices, local.origin);
  const phone = await Phone.scan(devices, local.origin, `/party/${await screen.code()}`);
  await phone.drive('Mia', 6);
  await screen.badge('Mia');
  await screen.page.goto(`${local.origin}/healthz`);
  await phone.page.getByText('The big screen is away. Waiting for it to come back').waitFor();
  expect(await phone.page.locator('footer button:visible').count()).toBe(2);
  for (const button of await phone.page.locator('footer button:visible').all())
    await button.click({ trial: true });
  await screen.page.goBack();
  await screen.badge('Mia');
  await phone.page.locator('#trouble').waitFor({ state: 'hidden' });
});

const BLOCKED = `for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
  Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError'); } });
}`;

test('where storage is blocked all pages work, and each tab is a separate player', async () => {
  const screen = await BigScreen.open(devices, local.origin, {}, BLOCKED);
  const path = `/party/${await screen.code()}`;
  for (const [index, address] of [path, `${path}?tab`, `${path}?tab`].entries()) {
    const phone = await Phone.scan(devices, local.origin, address, PHONE, BLOCKED);
    await phone.drive(`P${index}`, index);
    await screen.badge(`P${index}`);
  }
  expect(await screen.drivers()).toHaveLength(3);
  const waiting = await devices.page(local.origin);
  await waiting.addInitScript(BLOCKED);
  await waiting.goto(`${local.origin}/j/NONE`);
  await waiting.getByText('Waiting for it to open').waitFor();
  devices.expectNoComplaints();
});

test('a name is cut between whole characters, at the length that is shown', async () => {
  const family = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
  const screen = await BigScreen.open(devices, local.origin);
  const phone = await Phone.scan(devices, local.origin, `/party/${await screen.code()}`);
  await phone.page.locator('#name').pressSequentially('Mia');
  await phone.page.keyboard.insertText(family.repeat(12));
  expect(await phone.page.inputValue('#name')).toBe(`Mia${family.repeat(9)}`);
  await phone.page.getByRole('button', { name: 'Drive' }).click();
  await screen.badge(`Mia${family.repeat(9)}`);
});

test('however narrow the panel, the address breaks before the code and not within it', async () => {
  const screen = await BigScreen.open(devices, open.origin);
  for (const width of [60, 100, 140, 180, 220, 260, 300, 400]) {
    expect([width, await screen.page.evaluate(LINES.replace('WIDTH', `${width}px`))]).toEqual([width, 1]);
  }
});

test('the page recognises a game with another controller by its silence', async () => {
  const { WebSocket } = await import('ws');
  const { TestHost } = await import('../../client/peers.js');
  const { host } = await TestHost.open({ url: local.url, WebSocket });
  const phone = await Phone.scan(devices, local.origin, `/party/${host.code}`);
  await phone.page.getByText('does not answer this page').waitFor();
});

/** How many lines the code takes within the address, when that is so wide. */
const LINES = `(() => {
  const address = document.getElementById('address');
  address.style.width = 'WIDTH';
  const code = document.getElementById('code').textContent;
  const texts = document.createTreeWalker(address, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode()); ) {
    const start = node.data.indexOf(code);
    if (start < 0) continue;
    const range = new Range();
    range.setStart(node, start);
    range.setEnd(node, start + code.length);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size;
  }
})()`;

/** Reads the code off the display, as a camera does. */
async function readQr({ page }: BigScreen): Promise<string> {
  const picture: { width: number; height: number; data: number[] } = await page.evaluate(RASTERISE);
  return decodeQR({ ...picture, data: Uint8ClampedArray.from(picture.data) });
}

const RASTERISE = `(async () => {
  const svg = document.querySelector('.qr');
  const modules = svg.viewBox.baseVal.width;
  const canvas = Object.assign(document.createElement('canvas'), { width: modules * 6, height: modules * 6 });
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(6, 6);
  context.fillStyle = 'black';
  context.fill(new Path2D(document.getElementById('qr-modules').getAttribute('d')));
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { width, height, data: [...data] };
})()`;
