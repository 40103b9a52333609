/**
 * Takes the pictures in `docs/screenshots/`: `node pages/screenshots.mjs http://localhost:8080`, with the relay
 * started by `npm start -- --ip 0.0.0.0`. One phone is a page in Chromium, the other drivers are the client in Node.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { WebSocket } from 'ws';
import { PartyPlayer } from '../dist/client/index.js';

const origin = process.argv[2] ?? 'http://localhost:8080';
const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
/** Name, colour, and how late the phone answers in milliseconds: a good link, a fair one, a bad one. */
const DRIVERS = [
  ['Jonas', 1, 0],
  ['Aylin', 2, 0],
  ['Ben', 3, 150],
  ['Zoë', 4, 0],
  ['Otto', 6, 380],
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const colorScheme of ['light', 'dark']) await takeAll(colorScheme);
await browser.close();

async function takeAll(colorScheme) {
  const device = (options) => browser.newContext({ colorScheme, ...options });
  const screen = await (await device({ viewport: { width: 1440, height: 810 } })).newPage();
  await screen.goto(`${origin}/party`);
  await screen.waitForSelector('body[data-state=joined]');
  const code = await screen.textContent('#code');
  const players = DRIVERS.map(([name, colour, late], index) => drive(code, name, colour, late, index));
  const options = {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  };
  const phone = await (await device(options)).newPage();
  await phone.goto(`${origin}/party/${code}`);
  await phone.fill('#name', 'Mia');
  await phone.locator('#colours input').nth(0).check();
  await phone.screenshot({ path: `${folder}phone-join-${colorScheme}.png` });
  await phone.click('.go');
  await play(phone);
  // The pad shakes for a moment after a bump.
  await pause(300);
  await phone.screenshot({ path: `${folder}phone-${colorScheme}.png` });
  await screen.screenshot({ path: `${folder}screen-${colorScheme}.png` });
  await loseEachOther(screen, phone, `away-${colorScheme}.png`);
  players.forEach((player) => player.close());
  await Promise.all([screen.context().close(), phone.context().close()]);
}

/** First the phone is away, then the screen. A tab that goes elsewhere may come back: the relay keeps its place. */
async function loseEachOther(screen, phone, picture) {
  await phone.goto(`${origin}/healthz`);
  await screen.waitForSelector('#drivers .away');
  // Its car rolls out.
  await pause(2_000);
  await screen.screenshot({ path: `${folder}screen-${picture}` });
  await phone.goBack();
  await phone.click('.go');
  await screen.waitForSelector('#drivers:not(:has(.away))');
  await screen.goto(`${origin}/healthz`);
  await phone.waitForSelector('#link[data-quality=bad]');
  await phone.screenshot({ path: `${folder}phone-${picture}` });
}

/** Pulls the stick around for a while, and leaves it pulled. */
async function play(phone) {
  const devtools = await phone.context().newCDPSession(phone);
  const touch = (type, x, y) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
  await touch('touchStart', 200, 470);
  for (let step = 0; step < 60; step++) {
    const angle = step * 0.23;
    await touch('touchMove', 200 + Math.cos(angle) * 70, 470 + Math.sin(angle) * 70);
    await pause(250);
  }
}

function drive(code, name, colour, late, index) {
  const player = new PartyPlayer({ url: origin, code, clientId: `picture-${index}`, WebSocket });
  player.on('message', (message) => {
    if (message.type === 'welcome') player.send({ type: 'hello', name, colour });
    if (message.type === 'ping') setTimeout(() => player.sendIfOpen({ type: 'pong', at: message.at }), late);
  });
  const timer = setInterval(() => {
    const angle = Date.now() / (900 + 130 * index) + index * 1.9;
    player.sendIfOpen({ type: 'drive', x: Math.cos(angle) * 0.8, y: Math.sin(angle * 1.3) * 0.8 });
  }, 40);
  player.on('status', ({ state }) => state === 'ended' && clearInterval(timer));
  return player;
}
