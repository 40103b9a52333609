// The console as an operator sees it, in a real browser, while a real party runs.
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { fixed } from '../../harness/fixed.js';
import { silently } from '../../harness/connection.js';
import { loginHost, loginPlayer, type Player, useRelay } from '../../harness/relay.js';
import { stayingHost, stayingPlayer } from '../../wire/returning/staying.js';
import { PHONE, useDevices } from '../party/browser.js';

const TOKEN = 'correct-horse-battery';
const relay = useRelay(
  ...['--operator-token', TOKEN, ...fixed({ hostPingInterval: 1, playerPingInterval: 1 })],
);
const devices = useDevices();

/** A console that shows the relay live. */
async function openConsole(options: BrowserContextOptions = {}): Promise<Page> {
  const origin = relay.url('').replace('ws', 'http');
  const page = await devices.page(origin, options);
  await page.goto(`${origin}/console?token=${TOKEN}`);
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}

async function enter(page: Page, code: string): Promise<void> {
  await page.getByRole('button', { name: code, exact: true }).click();
  await page.locator('#members tr').first().waitFor();
}

/** A player who moves a finger until the test is over. */
function move(player: Player): void {
  const timer = setInterval(() => player.isClosed || player.send('{"x":0.25}'), 20);
  onTestFinished(() => clearInterval(timer));
}

/** The curve of a plot, as it is drawn now. */
function curve(page: Page, plot: string): Promise<string | null> {
  return page.locator(`#${plot} path.line`).first().getAttribute('d');
}

test('[O18] the console shows a party with its players, their round trips and messages, and the plots move', async () => {
  const host = await relay.host();
  const players = [await relay.player(host, '467'), await relay.player(host, '468')];
  const page = await openConsole();
  expect(page.url()).not.toContain(TOKEN);
  expect(await page.getByRole('heading', { name: 'All is well' }).isVisible()).toBe(true);
  const before = await curve(page, 'plot-messages');
  move(players[0]!);
  const row = page.locator('#rooms tr', { hasText: host.code });
  await row.filter({ hasText: /\d ms/ }).waitFor();
  await page.locator('#plot-messages .series-0 b').filter({ hasNotText: /^0$/ }).waitFor();
  await page.locator('#plot-players b').filter({ hasText: '2' }).waitFor();
  expect(await curve(page, 'plot-messages')).not.toBe(before);
  await page.locator('#plot-players .canvas').hover();
  await page.getByText('8 min ago').waitFor();
  await enter(page, host.code);
  for (const who of ['the game', '467', '468']) {
    const member = page.locator('#members tr', { hasText: who }).filter({ hasText: /\d+ ms/ });
    expect(await member.locator('.spark path.line').getAttribute('d')).toMatch(/^M.*L/);
  }
  await host.leave();
  await page.getByText('This room is closed').waitFor();
  devices.expectNoComplaints();
});

test('[O19] the console says in a sentence why a phone cannot join, and which code it probably meant', async () => {
  const page = await openConsole();
  await relay.host('SNEK');
  await page.getByRole('button', { name: 'SNEK', exact: true }).waitFor();
  const phone = await relay.connect();
  phone.send(loginPlayer('SNEX', '46712'));
  await relay.expectEnded(phone, 'no-such-code', 'SNEX');
  const reasons = page.locator('#ledger .reason');
  await reasons.getByText('46712 was refused: no game is running under SNEX; did it mean SNEK?').waitFor();
  const other = await relay.connect();
  other.send(loginPlayer('NVRM', '46713'));
  await reasons.filter({ hasText: '46713' }).waitFor();
  await page.getByRole('searchbox').fill('46712');
  await reasons.filter({ hasText: '46713' }).waitFor({ state: 'detached' });
  expect(await reasons.count()).toBe(1);
  await page.getByRole('combobox', { name: 'Ledger' }).selectOption('left');
  await reasons.first().waitFor({ state: 'detached' });
  await page.getByText('Nothing in the ledger matches.').waitFor();
  devices.expectNoComplaints();
});

test('[O18] the search finds who is connected, and says that no room matches instead of that there is none', async () => {
  const host = await relay.host('DVRD');
  await relay.player(host, '103004');
  const page = await openConsole();
  const search = page.getByRole('searchbox');
  await search.fill('103004');
  const line = page.locator('#found li').filter({ hasText: /^103004 is in DVRD, \d+ ms, 127\.0\.0\.1$/ });
  await line.waitFor();
  await page.getByText('1 connected or away, 0 of 1 open rooms, 0 in the ledger').waitFor();
  await page.getByText('No room’s code matches; 1 is open.').waitFor();
  expect(await page.getByText('No room is open.').isVisible()).toBe(false);
  await line.getByRole('button', { name: 'DVRD' }).click();
  await page.locator('#members tr', { hasText: '103004' }).waitFor();
  await search.fill('');
  await page.locator('#found').waitFor({ state: 'hidden' });
  await host.leave();
  await page.getByText('No room is open.').waitFor();
  devices.expectNoComplaints();
});

test('[R38] the console greys who is away, and says for how long its place waits and what is kept for it', async () => {
  const host = await stayingHost(relay, { grace: 60, hold: 100 });
  const player = await stayingPlayer(relay, host, '467');
  await stayingPlayer(relay, host, '468');
  const page = await openConsole();
  await enter(page, host.code);
  const room = page.locator('#rooms tr', { hasText: host.code });
  const line = (who: string): Locator => page.locator('#members tr', { hasText: who });
  player.vanish();
  await host.take(3);
  host.send('x'.repeat(5_000));
  await line('467')
    .filter({ hasText: /away, \d+ s left, [\d.]+ KiB kept/ })
    .waitFor();
  expect(await page.locator('#members tr.away').count()).toBe(1);
  await room.filter({ hasText: /1 away, [\d.]+ KiB kept/ }).waitFor();
  host.vanish();
  await line('the game')
    .filter({ hasText: /away, \d+ s left/ })
    .waitFor();
  await room.filter({ hasText: /its host is away, \d+ s left/ }).waitFor();
  await page.getByRole('searchbox').fill('467');
  await page
    .locator('#found li')
    .filter({ hasText: '467 is in' })
    .filter({ hasText: 'and is away' })
    .waitFor();
  await page.getByRole('searchbox').fill('');
  // By the keyboard: the rows above come and go with each second.
  await page.getByRole('button', { name: 'End 467' }).press('Enter');
  await page.getByRole('button', { name: 'End the player' }).click();
  await line('467').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Close the room' }).click();
  await page.locator('#ask-yes').click();
  await page.getByText('This room is closed').waitFor();
  devices.expectNoComplaints();
});

test('[O7] a phone that is refused again and again is one line with a count', async () => {
  const page = await openConsole();
  for (let n = 1; n <= 12; n++) {
    const phone = await relay.connect();
    phone.send(loginPlayer('QQQQ', '46777'));
    await phone.closed();
  }
  const line = page.locator('#ledger li', { hasText: '46777' });
  await line
    .filter({ hasText: '× 12' })
    .filter({ hasText: /12 times since \d\d:\d\d/ })
    .waitFor();
  expect(await line.count()).toBe(1);
  devices.expectNoComplaints();
});

test('[O20] codes and ids full of markup are shown as text, and cannot pass for words of the relay', async () => {
  const evil = `<img src=x onerror="document.title='owned'">`;
  const id = `<script>document.title='owned'</script>\u202e"'&lt;{{base}}`;
  const host = await relay.host(evil);
  await relay.player(host, id);
  const page = await openConsole();
  await enter(page, evil);
  const stranger = await relay.connect();
  stranger.send(loginPlayer(`</li><b>${evil}`, id));
  await page.locator('#ledger .said').filter({ hasText: '</li><b>' }).first().waitFor();
  expect(await page.locator('#members .said').innerText()).toBe(id.replace('\u202e', '\\u{202e}'));
  expect(await page.locator('main :is(img, script, b)').count()).toBe(0);
  await page.getByRole('button', { name: /^End / }).click();
  expect(await page.locator('#ask-title .said').innerText()).toContain('<script>');
  expect(await page.title()).not.toContain('owned');
  devices.expectNoComplaints();
});

test('[O21] an operator ends a player, closes a room and drains the relay, and confirms each first', async () => {
  const host = await relay.host();
  const [player, other] = [await relay.player(host, 'one'), await relay.player(host, 'two')];
  const page = await openConsole();
  await enter(page, host.code);
  await page.getByRole('button', { name: 'End one' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await player.fence();
  await page.getByRole('button', { name: 'End one' }).click();
  await page.getByRole('button', { name: 'End the player' }).click();
  expect(await player.closed()).toEqual(silently);
  await page.locator('#members tr', { hasText: 'one' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Close the room' }).click();
  await page.locator('#ask-yes').click();
  for (const peer of [host, other]) expect(await peer.closed()).toEqual(silently);
  await page.getByRole('button', { name: 'Drain' }).click();
  await page.locator('#ask-yes').click();
  await page.getByText('Draining: no new game is let in').waitFor();
  const late = await relay.connect();
  late.send(loginHost(relay.code()));
  await relay.expectEnded(late, 'draining');
  await page.getByRole('button', { name: 'Let games in again' }).click();
  await page.locator('#ask-yes').click();
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  await relay.host();
  await relay.logs.until(({ text }) => text === 'An operator lets games in again', 'the action');
  devices.expectNoComplaints();
});

const displays: [string, BrowserContextOptions][] = [
  ['by night', { colorScheme: 'dark' }],
  ['on a phone', PHONE],
];
test.each(displays)(
  'the console opens %s, nothing overflows, and a reload does not need the token again',
  async (_, options) => {
    const host = await relay.host();
    await relay.player(host, 'a-long-id-without-any-space-'.repeat(4));
    const page = await openConsole(options);
    await page.reload();
    await enter(page, host.code);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    devices.expectNoComplaints();
  },
);
