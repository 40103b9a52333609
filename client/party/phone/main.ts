/** The phone of the party page: asks who drives, and is a joystick from then on. */
import { PartyPlayer, type Status } from 'carparty-relay/client';
import { keepAwake } from '../shared/keep-awake.js';
import type { ToPhone, ToScreen } from '../shared/messages.js';
import { element, mountedAt, relayAddress, told } from '../shared/page.js';
import { describeLink, qualityOf } from '../shared/round-trip.js';
import { askDriver, type Driver } from './driver.js';
import { feelBump, showScore } from './feel.js';
import { steerByKeys, steerByTouch } from './joystick.js';
import { Steering } from './steering.js';
import { canTilt, steerByTilt } from './tilt.js';

const GREETING_MS = 3_000;

const player = new PartyPlayer<ToPhone, ToScreen>({
  url: relayAddress(),
  code: told('code'),
  ...(new URLSearchParams(location.search).has('tab') && { store: sessionStorage }),
});
const steering = new Steering(player);
let driver: Driver | undefined;
let isWelcome = false;
let untilGreeted: ReturnType<typeof setTimeout> | undefined;

element('code').textContent = player.code;
player.on('message', (message) => received(message));
player.on('status', showStatus);
showStatus(player.status);
askDriver((chosen) => {
  driver = chosen;
  document.body.dataset['view'] = 'drive';
  element('who').textContent = chosen.name;
  element('pad').focus();
  enter();
  keepAwake();
});
steerByTouch(element('pad'), steering.steer);
steerByKeys(steering.steer);
offerTilt();
element('retry').addEventListener('click', () => player.retry());
element('change').addEventListener('click', () => (document.body.dataset['view'] = 'ask'));
element<HTMLFormElement>('other-code').addEventListener('submit', (event) => {
  event.preventDefault();
  const code = element<HTMLInputElement>('other').value.trim().toUpperCase();
  if (code) location.href = new URL(`party/${encodeURIComponent(code)}${location.search}`, mountedAt()).href;
});

function received(message: ToPhone): void {
  if (message.type === 'welcome') {
    isWelcome = true;
    clearTimeout(untilGreeted);
    element('stranger').hidden = true;
    enter();
  } else if (message.type === 'ping') {
    player.sendIfOpen({ type: 'pong', at: message.at });
    showLink(message.roundTrip);
  } else if (message.type === 'bump') feelBump(message.strength);
  else if (message.type === 'score') showScore(message.score);
}

/** Both the screen and the driver must be there, in whatever order they came. */
function enter(): void {
  if (!isWelcome || !driver) return;
  player.send({ type: 'hello', ...driver });
  steering.repeat();
}

function showStatus(status: Status): void {
  document.body.dataset['state'] = status.state;
  const reason = 'reason' in status ? status.reason?.text : undefined;
  element('status').textContent = reason ?? (status.state === 'joined' ? '' : 'Connecting …');
  element('help').hidden = status.state !== 'ended';
  clearTimeout(untilGreeted);
  if (status.state === 'joined') {
    // Another game may run under this code: it has no words for this page.
    untilGreeted = setTimeout(() => (element('stranger').hidden = isWelcome), GREETING_MS);
  } else {
    isWelcome = false;
    showLink(undefined);
  }
}

function showLink(milliseconds: number | undefined): void {
  element('link').textContent = describeLink(milliseconds);
  element('link').dataset['quality'] = qualityOf(milliseconds);
}

function offerTilt(): void {
  const button = element<HTMLButtonElement>('tilt');
  let stop: (() => void) | undefined;
  button.hidden = !canTilt();
  button.addEventListener('click', () => {
    if (stop) {
      stop();
      stop = undefined;
      button.ariaPressed = 'false';
      return;
    }
    void steerByTilt(steering.steer).then((stopTilting) => {
      stop = stopTilting;
      button.ariaPressed = String(stop !== undefined);
    });
  });
}
