/** The big screen of the party page. */
import { PartyHost, type Status } from 'carparty-relay/client';
import { keepAwake } from '../shared/keep-awake.js';
import { recall, remember } from '../shared/memory.js';
import { element, relayAddress, started } from '../shared/page.js';
import { Arena } from './arena.js';
import { Effects } from './effects.js';
import { Garage } from './garage.js';
import { showInvitation } from './invitation.js';
import { Party, type Screen } from './party.js';
import { Picture } from './picture.js';
import { showDrivers } from './roster.js';

/** While phones are there, each answers a ping a second. */
const QUIET_MS = 5_000;
const CODE_KEY = 'carparty:code';
const CARS_KEY = 'carparty:cars';

const effects = new Effects();
const arena = new Arena({
  bumped(car, speed) {
    if (speed > 160) effects.sparks(car.x, car.y, speed);
    party.bumped(car, speed);
  },
  scored(car, star) {
    effects.confetti(star.x, star.y);
    party.scored(car);
  },
});
// Guests can get in before anything is drawn, and whatever this browser cannot draw.
const host = openParty();
const garage = new Garage({
  recall: () => recall('sessionStorage', CARS_KEY),
  remember: (cars) => remember('sessionStorage', CARS_KEY, cars),
});
const party = new Party(host, arena, garage, { changed: showEverybody, happened: say });
host.on('status', showStatus);
showStatus(host.status);
element('retry').addEventListener('click', () => host.retry());
keepAwake();
const picture = new Picture(element<HTMLCanvasElement>('arena'), arena, effects);
frame(performance.now(), performance.now());
started();

function frame(before: number, now: number): void {
  const seconds = (now - before) / 1000;
  arena.advance(seconds);
  effects.advance(seconds);
  picture.draw(now);
  requestAnimationFrame((next) => frame(now, next));
}

/** A screen that is reloaded asks for its code again, and its phones wait for it at the relay. */
function openParty(): Screen {
  const code = recall('sessionStorage', CODE_KEY);
  return new PartyHost({
    url: relayAddress(),
    quietAfter: QUIET_MS,
    ...(typeof code === 'string' && { preferredCode: code }),
  });
}

function showStatus(status: Status): void {
  document.body.dataset['state'] = status.state;
  if (status.state === 'joined') remember('sessionStorage', CODE_KEY, host.code);
  showInvitation(host.code);
  const words = wordsFor(status);
  element('status').textContent = words;
  element('trouble').classList.toggle('shown', words !== '');
  element('retry').hidden = status.state !== 'ended';
}

/** Empty when all is well. */
function wordsFor(status: Status): string {
  if (status.state === 'joined') return '';
  return status.reason?.text ?? 'Opening the party …';
}

function showEverybody(): void {
  const drivers = [...arena.cars.values()].filter(({ name }) => name);
  document.body.classList.toggle('empty', drivers.length === 0);
  showDrivers(element('drivers'), drivers, performance.now());
}

/** To a screen reader; the others see it. */
function say(what: string): void {
  element('news').textContent = what;
}
