// An invented party, in the shape of a recorded one: its messages, sizes, bursts, joins and leaves.
import type { PartyEvent } from './recording.js';

const GAME_HEADERS = { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Version': '13' };
const PHONE_HEADERS = {
  ...GAME_HEADERS,
  Pragma: 'no-cache',
  'Accept-Language': 'en-US,en;q=0.9',
  'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
};

/** A generator of numbers from 0 to below 1 that is the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes down what happens, cause before effect; effects of a burst come together at its end, as in real life. */
class Script {
  readonly events: PartyEvent[] = [];
  private readonly effects: PartyEvent[] = [];
  private t = 0;

  constructor(
    readonly chance: () => number,
    readonly code: string,
  ) {}

  open(peer: string, headers: Record<string, string>, login: object): void {
    this.events.push({ t: this.t++, peer, dir: 'out', kind: 'open', path: '/ws', headers });
    this.out(peer, login);
  }

  out(peer: string, message: object): number {
    const text = JSON.stringify(message);
    const bytes = Buffer.byteLength(text);
    this.events.push({ t: this.t++, peer, dir: 'out', kind: 'text', text, bytes });
    return bytes;
  }

  in(peer: string, action: string, bytes: number): void {
    this.effects.push({ t: this.t++, peer, dir: 'in', kind: 'text', action, bytes });
  }

  /** What was caused so far has arrived. */
  settle(): void {
    this.events.push(...this.effects.splice(0));
  }

  end(peer: string, kind: 'close' | 'tcp-fin', dir: 'in' | 'out', code: number | null = null): void {
    const end = kind === 'close' ? { kind, code } : { kind };
    this.events.push({ t: this.t++, peer, dir, ...end });
  }
}

interface GameMessage {
  action: string;
  [member: string]: unknown;
}

interface Phone {
  peer: string;
  id: string;
}

/** A whole party: phones that play to its end, one that only looks in, one with a wrong code, a second game. */
export function generateParty(seed: number): PartyEvent[] {
  const chance = random(seed);
  const letters = Array.from({ length: 4 }, () => String.fromCharCode(65 + Math.floor(chance() * 26)));
  const script = new Script(chance, letters.join(''));
  const phone = (name: string): Phone => ({ peer: name, id: String(Math.floor(chance() * 4e9)) });
  const game = { action: 'login_server', server_code: script.code };

  script.open('game', GAME_HEADERS, game);
  refuse(script, 'phone-wrong-code', {
    action: 'login_client',
    server_code: `${script.code}Z`,
    client_id: '1',
  });
  const phones = Array.from({ length: 2 + Math.floor(chance() * 3) }, (_, n) => phone(`phone-${n}`));
  for (const each of phones) join(script, each);
  const visitor = phone('phone-visitor');
  join(script, visitor);
  leave(script, visitor);
  broadcast(script, phones, { action: 'vibrate', pattern: [50, 30, 50] });
  script.settle();
  sendTrack(script, phones);
  race(script, phones);
  const [winner, ...others] = phones;
  for (const other of others) leave(script, other);
  refuse(script, 'game-duplicate', game);
  script.end('game', 'tcp-fin', 'out');
  if (winner) for (const kind of ['close', 'tcp-fin'] as const) script.end(winner.peer, kind, 'in');
  script.open('game-again', GAME_HEADERS, game);
  script.end('game-again', 'tcp-fin', 'out');
  return script.events;
}

function refuse(script: Script, peer: string, login: object): void {
  script.open(peer, GAME_HEADERS, login);
  script.end(peer, 'tcp-fin', 'in');
}

function join(script: Script, phone: Phone): void {
  script.open(phone.peer, PHONE_HEADERS, {
    action: 'login_client',
    server_code: script.code,
    client_id: phone.id,
  });
  script.in('game', 'connect', Buffer.byteLength(`{"action":"connect","client_id":"${phone.id}"}`));
  script.settle();
  unicast(script, phone, { action: 'color_transmission', receiver_id: phone.id, color: '#ffe478' });
  unicast(script, phone, { receiver_id: phone.id, action: 'phase_change', phase: 'naming' });
  forward(script, phone, {
    action: 'player_name',
    name: 'Zoë🚗'.repeat(1 + Math.floor(script.chance() * 3)),
  });
  script.settle();
}

function leave(script: Script, phone: Phone): void {
  script.end(phone.peer, 'close', 'out', 1001);
  script.end(phone.peer, 'tcp-fin', 'in');
  script.in('game', 'disconnect', Buffer.byteLength(`{"action":"disconnect","client_id":"${phone.id}"}`));
  script.settle();
}

/** The track: 56 pieces of 5 kB to everybody, in bursts of up to a dozen. */
function sendTrack(script: Script, phones: Phone[]): void {
  for (const phone of phones) forward(script, phone, { action: 'ready_for_track_json' });
  for (let piece = 0; piece < 56; piece++) {
    const length = piece === 55 ? 750 : 5_030 + Math.floor(script.chance() * 40);
    broadcast(script, phones, { action: 'track_transmission', encoded_message: 'A'.repeat(length), piece });
    if (script.chance() < 0.15) script.settle();
  }
  script.settle();
}

/** The race: fingers that move, on all phones at once, and now and then something else. */
function race(script: Script, phones: Phone[]): void {
  for (const phone of phones)
    forward(script, phone, { action: 'path_transmission', path: 'B'.repeat(6_060) });
  for (let n = 0; n < 600; n++) {
    const phone = phones[Math.floor(script.chance() * phones.length)];
    if (!phone) continue;
    forward(script, phone, { action: 'speed_change', speed: script.chance() });
    if (n % 100 === 50) forward(script, phone, { action: 'drift_car', direction: -1 });
    if (n % 150 === 75)
      unicast(script, phone, { receiver_id: phone.id, action: 'phase_change', phase: `lap ${n}` });
    if (script.chance() < 0.2) script.settle();
  }
  script.settle();
}

function forward(script: Script, { peer, id }: Phone, message: GameMessage): void {
  const bytes = script.out(peer, message);
  script.in('game', message.action, bytes + `,"client_id":"${id}"`.length);
}

function unicast(script: Script, { peer }: Phone, message: GameMessage): void {
  script.in(peer, message.action, script.out('game', message));
}

function broadcast(script: Script, phones: Phone[], message: GameMessage): void {
  const bytes = script.out('game', message);
  for (const { peer } of phones) script.in(peer, message.action, bytes);
}
