/** What a player or game maker is told of an ending, in words that a user interface can show. */
import type { Ending } from '../relay.port.js';

/** One English sentence or two for each ending; an ending without any does not compile. */
export const HINTS: Readonly<Record<Ending, (code: string) => string>> = {
  left: (code) => `The connection to ${code} was closed or lost.`,
  'host-left': (code) => `The game under ${code} has ended, or has lost its connection.`,
  'code-taken': (code) => `Another game already runs under ${code}.`,
  'no-such-code': (code) => `No game is running under ${code}.`,
  'bad-login': () => 'This device began with something that is no login.',
  'not-authorized': (code) => `This device may not join ${code}.`,
  'not-json': () => 'This device sent a message that is not JSON.',
  'not-an-object': () => 'This device sent a message that is JSON, but not an object.',
  'too-deep': () => 'This device sent a message that is nested too deep.',
  'too-large': () => 'This device sent a message that is too large.',
  'too-many-fragments': () => 'This device sent a message in too many pieces.',
  'login-timeout': () => 'This device did not log in in time.',
  'too-many-pending': () => 'Too many devices connected at once. Try again in a moment.',
  'missed-heartbeat': () => 'Nothing was heard from this device for too long.',
  'slow-reader': (code) => `The connection of this device is too slow for ${code}.`,
  'outboxes-full': () => 'The relay had too much to send. Try again in a moment.',
  flood: () => 'This device sent too much for too long.',
  'room-full': (code) => `The game under ${code} is full.`,
  'too-many-rooms': () => 'Too many games are running on this relay. Try again later.',
  'too-many-connections': () => 'Too many devices are connected to this relay. Try again later.',
  'origin-refused': () => 'This web page may not connect to this relay.',
  'too-many-connections-of-address': () => 'Too many devices of this network are connected.',
  'too-many-new-connections-of-address': () =>
    'Devices of this network connect too often. Try again in a moment.',
  'too-many-failed-logins-of-address': () =>
    'Too many wrong codes came from this network. Try again in a minute.',
  'too-many-hosts-of-address': () => 'Too many games were opened from this network. Try again in a minute.',
  'backbone-away': () => 'The relay cannot open or join games at the moment. Try again in a few seconds.',
  'link-lost': (code) => `The relay lost the way to the game under ${code}. Join again.`,
  fenced: (code) => `The relay stood still for too long to keep ${code}. Log in again.`,
  'protocol-error': () => 'This device broke the WebSocket protocol.',
  'closed-by-operator': () => 'The operator of the relay has closed this connection.',
  draining: () => 'The relay is about to stop and takes no new games. Try again in a minute.',
  shutdown: () => 'The relay was stopped or restarted.',
  'internal-error': () => 'The relay made an error, which its operator finds in the log.',
};
