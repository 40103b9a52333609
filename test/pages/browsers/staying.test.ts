// Chapter R in every engine: a page whose connection is half open comes back, by a reload or without one, and both
// sides hear each number once and in order; the party page shows the truth.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { FlakyNetwork } from '../party/flaky-network.js';
import { ENGINES } from './browsers.js';
import { Counter, numbersIn } from './counting.js';
import { Device, PHONE, SCREEN } from './device.js';
import type { Driver } from './driver.js';

const relay = new BuiltRelay();
beforeAll(() => relay.start());
afterAll(() => relay.stop());

/** What is promised to guests; it takes less than a tenth of that here. */
const TRUTH_MS = 5_000;

type Return = 'reload' | 'retry' | 'change of network' | 'wake';

/** What a page does at its return without a reload. */
const RETURNS: Readonly<Record<Exclude<Return, 'reload'>, string>> = {
  retry: 'window.peer.retry()',
  'change of network': `void ['offline', 'online'].forEach((name) => dispatchEvent(new Event(name)))`,
  wake: `(() => {
    const now = Date.now;
    let visibility = 'hidden';
    Object.defineProperty(document, 'visibilityState', { get: () => visibility });
    document.dispatchEvent(new Event('visibilitychange'));
    Date.now = () => now() + 30_000;
    visibility = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
  })()`,
};

/** Half open for good, or until the page is back: then the old connection delivers what it held back, and closes late. */
const CELLS: readonly [who: 'phone' | 'screen', how: Return, old: 'half open' | 'closing late'][] = [
  ['phone', 'reload', 'half open'],
  ['phone', 'retry', 'closing late'],
  ['phone', 'change of network', 'half open'],
  ['phone', 'wake', 'closing late'],
  ['screen', 'reload', 'half open'],
  ['screen', 'reload', 'closing late'],
  ['screen', 'change of network', 'half open'],
  ['screen', 'wake', 'closing late'],
];

describe.each(ENGINES)('%s', (_, start) => {
  let driver: Driver;
  beforeAll(async () => void (driver = await start()));
  afterAll(() => driver.close());
  let network: FlakyNetwork;
  beforeEach(async () => void (network = await FlakyNetwork.before(relay.origin)));
  afterEach(() => network.close());
  const devices: Device[] = [];
  afterEach(async () => void (await Promise.all(devices.splice(0).map((device) => device.close()))));

  async function open(path: string, isFlaky: boolean, size = PHONE): Promise<Device> {
    const origin = isFlaky ? network.origin : relay.origin;
    const device = await Device.open(driver, size, `${origin}${path}`);
    devices.push(device);
    return device;
  }

  async function openCounters(who: 'phone' | 'screen'): Promise<{ screen: Counter; phone: Counter }> {
    const screen = await Counter.host(await open('/', who === 'screen'));
    const phone = await Counter.player(await open('/', who === 'phone'), await screen.code());
    await Promise.all([screen.untilMore(1), phone.untilMore(1)]);
    return { screen, phone };
  }

  test.each(CELLS)('%s: %s, the old connection %s', async (who, how, old) => {
    const { screen, phone } = await openCounters(who);
    const code = await screen.code();
    const returning = { screen, phone }[who];
    network.strand();
    if (how === 'reload') {
      await returning.device.reload();
      await returning.begin();
    } else await returning.device.read(RETURNS[how]);
    await Promise.all([
      returning.untilMore(how === 'reload' ? 1 : 2),
      { screen: phone, phone: screen }[who].untilMore(1),
    ]);
    if (old === 'closing late') network.deliver();
    await Promise.all([screen.untilMore(1), phone.untilMore(1)]);
    const [said, replied] = [await screen.stop(), await phone.stop()];
    await Promise.all([screen.until(replied), phone.until(said)]);

    expect(await screen.code()).toBe(code);
    const heard = { screen: await screen.heard(), phone: await phone.heard() };
    const news = heard.screen.filter((entry) => typeof entry === 'string');
    const isNewPhone = who === 'phone' && how === 'reload';
    expect(news).toEqual(isNewPhone ? ['join', 'join, back'] : ['join']);
    for (const [name, entries] of Object.entries(heard)) {
      // A page that begins to send again begins with 1, and one that begins to hear has missed what came before.
      for (const run of runsOf(numbersIn(entries))) expect([name, gapsIn(run)]).toEqual([name, []]);
    }
    const isNew = how === 'reload';
    expect(runsOf(numbersIn(heard.screen))).toHaveLength(isNewPhone ? 2 : 1);
    expect(runsOf(numbersIn(heard.phone))).toHaveLength(isNew && who === 'screen' ? 2 : 1);
  });

  async function openParty(who: 'phone' | 'screen'): Promise<{ screen: Device; phone: Device }> {
    const screen = await open('/party', who === 'screen', SCREEN);
    await screen.untilState('joined');
    const phone = await open(`/party/${await screen.text('#code')}`, who === 'phone');
    await phone.drive('Mia', 6);
    await screen.untilBadge('Mia', 'good', 'fair');
    return { screen, phone };
  }

  test('the party page: a screen that is reloaded over a half-open connection has its code and its driver', async () => {
    const { screen, phone } = await openParty('screen');
    const code = await screen.text('#code');
    network.strand();
    const before = Date.now();
    await screen.reload();
    await screen.untilBadge('Mia', 'good', 'fair');
    expect(Date.now() - before).toBeLessThan(TRUTH_MS);
    expect(await screen.text('#code')).toBe(code);
    await phone.untilState('joined');
  });

  test('the party page: a car is grey while its phone is away, and drives on when the phone is back', async () => {
    const { screen, phone } = await openParty('phone');
    network.down();
    await screen.until(`document.querySelector('#drivers .away .link').textContent === 'away'`);
    await screen.car('grey');
    const before = Date.now();
    network.up();
    await phone.read(RETURNS['change of network']);
    await screen.untilBadge('Mia', 'good', 'fair');
    expect(Date.now() - before).toBeLessThan(TRUTH_MS);
    const place = await screen.car(6);
    await phone.pull(place.x > SCREEN.width / 3 ? -1 : 1, 0);
    await screen.car(6, place);
  });
});

/** The numbers of each page that sent some. */
function runsOf(numbers: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const number of numbers) {
    if (number === 1 || runs.length === 0) runs.push([]);
    runs.at(-1)?.push(number);
  }
  return runs;
}

/** Each place where a number does not follow the one before. */
function gapsIn(run: readonly number[]): string[] {
  return run.flatMap((number, at) => {
    const before = run[at - 1] ?? number - 1;
    return number === before + 1 ? [] : [`${before}, ${number}`];
  });
}
