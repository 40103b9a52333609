// The party page in every browser: what guests do, and what only one engine gets wrong.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { FlakyNetwork } from '../party/flaky-network.js';
import { BROWSERS } from './browsers.js';
import { Device, PHONE, SCREEN } from './device.js';
import type { Driver } from './driver.js';

// Without a hold the code of a screen that was put away is free for the next browser.
const relay = new BuiltRelay(['--max-hold', '0']);
beforeAll(() => relay.start());
afterAll(() => relay.stop());

const MIA = { name: 'Mia', colour: 6 };
const BEN = { name: 'Ben', colour: 7 };
/** The quality of a link on this machine, however busy it is. */
const ALIVE = ['good', 'fair', 'bad'];

/** The widest codes of four and of five letters that a screen can propose. */
const WIDEST = ['MXMX', 'MNMNM'];
const SIZES = [SCREEN, { width: 1024, height: 600 }, PHONE, { ...PHONE, width: 320 }];
const WHOLE = { cut: 0, over: 0 };

describe.each(BROWSERS.map(({ name, start }) => [name, start] as const))('%s', (_, start) => {
  let driver: Driver;
  beforeAll(async () => void (driver = await start()));
  afterAll(() => driver.close());
  let network: FlakyNetwork;
  beforeEach(async () => void (network = await FlakyNetwork.before(relay.origin)));
  afterEach(() => network.close());

  const devices: Device[] = [];
  afterEach(async () => void (await Promise.all(devices.splice(0).map((device) => device.close()))));

  async function open(path: string, size = PHONE, origin = relay.origin): Promise<Device> {
    const device = await Device.open(driver, size, `${origin}${path}`);
    devices.push(device);
    return device;
  }

  async function openScreen(): Promise<{ screen: Device; code: string }> {
    const screen = await open('/party', SCREEN);
    await screen.untilState('joined');
    return { screen, code: await screen.text('#code') };
  }

  test('two phones join, drive and leave', async () => {
    const { screen, code } = await openScreen();
    const [mia, ben] = [await open(`/party/${code}`), await open(`/party/${code}`)];
    for (const [phone, { name, colour }] of [[mia, MIA] as const, [ben, BEN] as const]) {
      await phone.drive(name, colour);
      await screen.untilBadge(name, ...ALIVE);
      await phone.untilLink(...ALIVE);
      const before = await screen.car(colour);
      await phone.pull(before.x > SCREEN.width / 3 ? -1 : 1, 0);
      await screen.car(colour, before);
      await phone.release();
    }
    await ben.goto(`${relay.origin}/healthz`);
    await screen.until(`document.querySelector('#drivers .away').textContent.includes('Ben')`);
    await screen.untilBadge('Mia', ...ALIVE);
  });

  test.each(WIDEST)('no letter of %s is cut off, and no text overflows', async (code) => {
    const { screen } = await openScreen();
    await screen.read(`sessionStorage.setItem('carparty:code', '"${code}"')`);
    await screen.goto(`${relay.origin}/party`);
    await screen.until(`document.getElementById('code').textContent === '${code}'`);
    await screen.untilState('joined');
    const phone = await open(`/party/${code}`);
    await phone.drive(MIA.name, MIA.colour);
    const [wrong, waiting] = [await open('/party/MXMXX'), await open('/j/MXMXX')];
    await wrong.untilState('ended');
    for (const size of SIZES) {
      for (const [name, device] of Object.entries({ screen, phone, wrong, waiting })) {
        await device.resize(size);
        expect({ name, ...size, ...(await device.shape()) }).toEqual({ name, ...size, ...WHOLE, lines: 1 });
      }
    }
  });

  test('a code that is a sentence wraps, and is shown whole', async () => {
    const phone = await open(`/party/${'WORD'.repeat(16)}`);
    for (const size of SIZES) {
      await phone.resize(size);
      expect(await phone.shape()).toMatchObject(WHOLE);
    }
  });

  test('the page explains a wrong code, and the right one can be typed', async () => {
    const { code } = await openScreen();
    const phone = await open('/party/XXXX');
    await phone.untilState('ended');
    expect(await phone.text('#status')).toMatch(/no game is running under XXXX/i);
    await phone.read(`(() => {
      document.getElementById('other').value = '${code.toLowerCase()}';
      document.querySelector('#other-code button').click();
    })()`);
    await phone.until(`location.pathname === '/party/${code}' && document.readyState === 'complete'`);
    await phone.untilState('joined');
  });

  test('the badges of a dead connection turn bad, and the phone finds its way back', async () => {
    const { screen, code } = await openScreen();
    const phone = await open(`/party/${code}`, PHONE, network.origin);
    await phone.drive(MIA.name, MIA.colour);
    await screen.untilBadge('Mia', ...ALIVE);
    await phone.untilLink('good', 'fair');
    network.strand();
    await phone.untilLink('bad');
    await screen.until(`/ [1-9]\\d{3,} ms/.test(document.getElementById('drivers').textContent)`);
    await phone.untilLink('good', 'fair');
    await screen.untilBadge('Mia', 'good', 'fair');
    await phone.untilState('joined');
  });
});
