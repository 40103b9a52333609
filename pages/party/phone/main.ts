/** The phone of the party page: asks who drives, and is a joystick from then on. */
import { PartyPlayer, type Status } from 'carparty-relay/client';
import { keepAwake } from '../shared/keep-awake.js';
import type { ToPhone, ToScreen } from '../shared/messages.js';
import { element, mountedAt, relayAddress, started, told } from '../shared/page.js';
import { Conversation } from './conversation.js';
import { askDriver } from './driver.js';
import { feelBump, showScore } from './feel.js';
import { steerByKeys, steerByTouch } from './joystick.js';
import type { Badge } from './link.js';
import { Steering } from './steering.js';
import { offerTilt } from './tilt-button.js';

// Each tab opened by the screen's own link is a separate driver.
const isTab = new URLSearchParams(location.search).has('tab');

const player = new PartyPlayer<ToPhone, ToScreen>({
  url: relayAddress(),
  code: told('code'),
  ...(isTab && { store: 'sessionStorage' }),
});
const steering = new Steering(player);
const conversation = new Conversation(player, steering, {
  bumped: feelBump,
  scored: showScore,
  measured: showLink,
  recognised: (isStranger) => (element('stranger').hidden = !isStranger),
});

element('code').textContent = player.code;
player.on('status', showStatus);
showStatus(player.status);
askDriver((driver) => {
  document.body.dataset['view'] = 'drive';
  element('who').textContent = driver.name;
  element('pad').focus();
  conversation.drive(driver);
  keepAwake();
});
steerByTouch(element('pad'), steering.steer);
steerByKeys(steering.steer);
offerTilt(steering.steer);
element('retry').addEventListener('click', () => player.retry());
element('change').addEventListener('click', () => (document.body.dataset['view'] = 'ask'));
element<HTMLFormElement>('other-code').addEventListener('submit', (event) => {
  event.preventDefault();
  const code = element<HTMLInputElement>('other').value.trim().toUpperCase();
  if (code) location.href = new URL(`party/${encodeURIComponent(code)}${location.search}`, mountedAt()).href;
});
started();

function showStatus(status: Status): void {
  const { state } = status;
  const words = status.state === 'joined' ? '' : (status.reason?.text ?? 'Connecting …');
  document.body.dataset['state'] = state;
  element('status').textContent = words;
  element('trouble').classList.toggle('shown', words !== '');
  element('help').hidden = state !== 'ended';
}

function showLink({ text, quality }: Badge): void {
  const link = element('link');
  if (link.textContent !== text) link.textContent = text;
  link.dataset['quality'] = quality;
}
