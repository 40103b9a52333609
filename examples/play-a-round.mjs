// Plays a round through a relay, with a host and two phones: node examples/play-a-round.mjs [ws://127.0.0.1:8080]
import { on, once } from 'node:events';
import { WebSocket } from 'ws';

const url = process.argv[2] ?? 'ws://127.0.0.1:8080';
const serverCode = Math.random().toString(36).slice(2, 8).toUpperCase();
const deadline = AbortSignal.timeout(10_000);
const sockets = [];

/** Opens a WebSocket and logs in. The relay answers nothing: it keeps the connection, or it does not. */
async function join(name, login) {
  const ws = new WebSocket(url);
  sockets.push(ws);
  const messages = on(ws, 'message', { signal: deadline, close: ['close'] });
  const closed = new Promise((resolve) => ws.once('close', resolve));
  await once(ws, 'open', { signal: deadline });
  const peer = { name, ws, messages, closed };
  say(peer, login);
  ws.ping(); // The pong comes behind the login, so that a phone does not come before its host.
  const refused = closed.then((status) => Promise.reject(new Error(`${name} was disconnected (${status}).`)));
  await Promise.race([once(ws, 'pong', { signal: deadline }), refused]);
  return peer;
}

function say({ name, ws }, message) {
  const text = JSON.stringify(message);
  ws.send(text);
  console.log(`${name.padEnd(8)} says   ${text}`);
}

async function hears({ name, messages }, expected, why) {
  const { value } = await messages.next();
  const text = value?.[0].toString() ?? 'nothing, since it was disconnected';
  if (text !== expected)
    throw new Error(`${name} should have heard ${expected} (${why}), but heard ${text}.`);
  console.log(`${name.padEnd(8)} hears  ${text}   <- ${why}`);
}

async function playARound() {
  const host = await join('host', { action: 'login_server', server_code: serverCode });
  const ann = await join('phone 1', { action: 'login_client', server_code: serverCode, client_id: 'ann' });
  await hears(host, '{"action":"connect","client_id":"ann"}', 'the relay tells who joined');
  const bob = await join('phone 2', { action: 'login_client', server_code: serverCode, client_id: 'bob' });
  await hears(host, '{"action":"connect","client_id":"bob"}', 'the relay tells who joined');

  say(host, { receiver_id: 'bob', hand: 'three aces' });
  say(host, { scene: 'race' });
  await hears(bob, '{"receiver_id":"bob","hand":"three aces"}', 'meant for this phone alone');
  for (const phone of [ann, bob]) await hears(phone, '{"scene":"race"}', 'meant for all');

  say(ann, { steer: -0.5 });
  await hears(host, '{"steer":-0.5,"client_id":"ann"}', 'the relay wrote who said it');

  bob.ws.close();
  await hears(host, '{"action":"disconnect","client_id":"bob"}', 'the relay tells who left');
  host.ws.close();
  const status = await Promise.race([ann.closed, once(deadline, 'abort').then(() => 'nothing')]);
  if (status !== 1005) throw new Error(`phone 1 should have been disconnected silently, but saw ${status}.`);
  console.log('phone 1  was disconnected, because its host left. That was the whole protocol.');
}

try {
  await playARound();
} catch (error) {
  const unreachable = `No relay answers at ${url} (${error.code}). "npm start" runs one.`;
  const sentence = /^E[A-Z]+$/.test(error.code) ? unreachable : error.message;
  console.error(deadline.aborted ? `${url} did not behave as a relay within 10 seconds.` : sentence);
  process.exitCode = 1;
} finally {
  for (const socket of sockets) socket.on('error', () => {}).terminate();
}
