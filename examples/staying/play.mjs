// Counts through a relay, over broken connections, with a host and a phone that stay:
// node examples/staying/play.mjs [ws://127.0.0.1:8080]
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { Staying } from './staying.mjs';

const [url = 'ws://127.0.0.1:8080'] = process.argv.slice(2);
const server_code = randomUUID().slice(0, 8);
const LAST = 400;

/** Breaks as a network does: without a close frame. */
globalThis.WebSocket = class extends WebSocket {
  static newest = new Map();
  send(message) {
    const [, role] = /^\{"action":"login_(\w+)"/.exec(message) ?? [];
    if (role !== undefined) globalThis.WebSocket.newest.set(role, this);
    super.send(message);
  }
};

let breaks = 0;
function breakNext() {
  const role = breaks++ % 2 === 0 ? 'client' : 'server';
  console.log(`The connection of the ${role === 'client' ? 'phone' : 'host'} breaks.`);
  globalThis.WebSocket.newest.get(role).terminate();
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** What a peer has heard must be a number more each time. */
function counter(name) {
  let count = 0;
  return (n) => (n === ++count ? count : fail(`The ${name} should have heard ${count}, and heard ${n}.`));
}

function once(name, act) {
  let began = 0;
  return () => (++began > 1 ? fail(`The ${name} began again.`) : act());
}

const ended = (reason) => fail(`The relay says: ${reason}.`);

function join() {
  const isNext = counter('phone');
  const login = { action: 'login_client', server_code, client_id: '467', $relay: { key: randomUUID() } };
  const heard = (message) => {
    if (typeof message !== 'string') return console.log(`The phone hears ${JSON.stringify(message)}.`);
    phone.send(JSON.stringify({ answer: isNext(JSON.parse(message).n) }));
  };
  const phone = new Staying(url, login, { began: once('phone', () => {}), heard, ended });
  return phone;
}

const isNext = counter('host');
const wishes = { key: randomUUID(), grace: 60, hold: 60 };
const host = new Staying(
  url,
  { action: 'login_server', server_code, $relay: wishes },
  {
    began: once('host', () => (phone = join())),
    heard(message) {
      if (typeof message !== 'string') return console.log(`The host hears ${JSON.stringify(message)}.`);
      const { action, answer } = JSON.parse(message);
      if (action === 'connect') count();
      if (answer !== undefined && isNext(answer) === LAST) end();
    },
    ended,
  },
);
let phone;

function count() {
  let n = 0;
  const counting = setInterval(() => {
    host.send(JSON.stringify({ n: ++n }));
    if (n % 80 === 40) breakNext();
    if (n === LAST) clearInterval(counting);
  }, 10);
}

function end() {
  console.log(`Each of ${LAST} messages and answers came once, in order, over ${breaks} broken connections.`);
  phone.leave();
  host.leave();
  clearTimeout(deadline);
}
const deadline = setTimeout(() => fail(`No relay that knows $relay answers at ${url}.`), 30_000);
