/** What an operator can do about an ending. */
import type { Ending } from '../../relay/rooms/endings.js';

const PROTOCOL = 'The game or its controller must be corrected: see PROTOCOL.md.';
const SCHOOL = 'A school, or everybody behind one proxy, is one address: see --trust-proxy, or raise';

/** Only where there is something to do. */
export const ADVICE: Readonly<Partial<Record<Ending, string>>> = {
  'no-such-code': 'Type the code as the big screen shows it: small and capital letters differ.',
  'code-taken': 'The game should take another code, or its former connection is not yet gone.',
  'room-full': 'Raise --max-players-per-room.',
  'not-authorized': 'Ask the backend: its authorizer decides.',
  'too-many-rooms': 'Raise --max-rooms.',
  draining: 'End it by "Let games in again".',
  'bad-login': `A login is {"action":"login_client","server_code":"…","client_id":"…"}. ${PROTOCOL}`,
  'login-timeout':
    'A browser or a scanner that opens a connection and says nothing, or a network that is very slow.',
  'not-json': PROTOCOL,
  'not-an-object': PROTOCOL,
  'too-deep': PROTOCOL,
  'too-large': 'Send less at once, or raise --max-message-size.',
  'too-many-fragments': PROTOCOL,
  'protocol-error': 'Its WebSocket library is broken, or something in between is.',
  'missed-heartbeat': 'It was switched off, sleeps, or has lost its network.',
  'slow-reader': 'Its network is too slow for what it is sent: send less, or more seldom.',
  'outboxes-full': 'Many devices read too slowly, or memory allows a larger --max-total-outbox.',
  flood: 'It sends more than a finger can: send only what has changed, or raise its rate.',
  'too-many-connections': 'Raise --max-connections and ulimit -n.',
  'origin-refused': 'Add the page to --allowed-origins.',
  'left-before-login':
    'Its library did not like the answer, for example since it offers a subprotocol or an extension, or its page was left; or it is a monitor.',
  'bad-request': 'A scanner, or a program that does not speak HTTP: a game opens ws:// and the address.',
  'speaks-tls':
    'It opens wss:// or https:// where ws:// or http:// is, or a proxy for TLS is missing in front.',
  'broken-off': 'Its network is slow or was lost, or its library gave up too early.',
  'bad-handshake': 'A library or a proxy in between is wrong: a proxy must pass Upgrade and Connection on.',
  'wrong-path': 'Open the path of --path, or leave that option out.',
  'too-many-connections-of-address': `${SCHOOL} --max-connections-per-address.`,
  'too-many-new-connections-of-address': `${SCHOOL} --new-connections-per-second.`,
  'too-many-requests': `${SCHOOL} --http-requests-per-second.`,
  'too-many-failed-logins-of-address': `${SCHOOL} --failed-logins-per-minute.`,
  'too-many-hosts-of-address': `${SCHOOL} --max-hosts-per-address and --new-hosts-per-minute.`,
  'backbone-away': 'Look at the NATS servers: see "This node" and the log.',
  'link-lost': 'The network between the nodes, or the other node, had a fault.',
  fenced: 'This node stood still or was cut off: give it more processor time.',
  'internal-error': 'The log has the stack. Please report it.',
};
