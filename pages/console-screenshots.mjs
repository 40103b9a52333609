/**
 * Takes the pictures of the console in `docs/screenshots/`, with parties that it makes itself:
 * `node pages/console-screenshots.mjs http://localhost:8080 <token> 600`, in as many seconds, with the relay started by
 * `npm start -- --operator-token <token> --player-silence 5 --host-silence 12`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { WebSocket } from 'ws';

const [origin = 'http://localhost:8080', token = '', seconds = '600'] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
/** Codes, how many play, messages a second of each, and when it begins: 1 is the end. */
const PARTIES = [
  ['SNEK', 7, 6, 0],
  ['KART', 4, 4, 0.25],
  ['QUIZ', 12, 1, 0.45],
  ['MOON', 2, 8, 0.6],
];
const NAMES = [
  '467123746',
  '467',
  'jonas-9',
  'p-81a2',
  '77120034',
  'mia',
  '5d0f',
  '90211',
  'zoë',
  '12',
  'k',
  '33',
];

function connect(login) {
  const socket = new WebSocket(origin.replace('http', 'ws'));
  socket.on('open', () => socket.send(JSON.stringify(login)));
  socket.on('error', () => undefined);
  return socket;
}

const timers = [];
const often = (rate, act) => timers.push(setInterval(act, 1_000 / rate));

async function play([code, players, rate, start]) {
  await pause(start * Number(seconds) * 1_000);
  const host = connect({ action: 'login_server', server_code: code });
  await pause(100);
  often(3, () => host.send(`{"state":"${'x'.repeat(200)}"}`));
  for (const id of NAMES.slice(0, players)) {
    const player = connect({ action: 'login_client', server_code: code, client_id: id });
    // Players pause now and then.
    const isMoving = () => player.readyState === 1 && Math.sin(Date.now() / 9_000 + players) > -0.6;
    often(rate * (1 + Math.random()), () => isMoving() && player.send('{"x":0.25,"y":-0.5}'));
  }
}
for (const party of PARTIES) void play(party);
await pause(Number(seconds) * 700);
const guests = [
  { action: 'login_client', server_code: 'KART', client_id: '800' },
  { action: 'login_client', server_code: 'snek', client_id: '77' },
  { action: 'login_client', server_code: 'PLUM', client_id: '<b>bold</b>' },
  { action: 'login_server', server_code: 'MOON' },
  { hello: 'relay' },
  { action: 'login_client', server_code: 'SNEX', client_id: '467' },
];
for (const guest of guests) {
  const socket = connect(guest);
  await pause(Number(seconds) * 50);
  if (guest.client_id === '800') socket.send('not json');
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const WIDE = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
for (const [name, colorScheme, device] of [
  ['console-light', 'light', WIDE],
  ['console-dark', 'dark', WIDE],
  ['console-phone', 'light', PHONE],
]) {
  const page = await (await browser.newContext({ colorScheme, ...device })).newPage();
  await page.goto(`${origin}/console?token=${token}`);
  await page.getByRole('button', { name: 'SNEK', exact: true }).click();
  await page.getByText('SNEX').first().waitFor();
  await pause(2_500);
  await page.screenshot({ path: `${folder}${name}.png`, fullPage: device === PHONE });
}
await browser.close();
timers.forEach(clearInterval);
process.exit(0);
