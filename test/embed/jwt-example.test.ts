// examples/jwt-for-hosts as a whole program: a game needs a token, a phone needs none (L16).
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { connectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { Peers } from './peers.js';
import { Script, runScript } from './scripts.js';

const SECRET = 'a secret of this test';
let script: Script;
let origin: string;
let peers: Peers;

beforeAll(async () => {
  const { code, output } = await runScript('node_modules/typescript/bin/tsc', '-p', 'examples/jwt-for-hosts');
  if (code !== 0) throw new Error(`examples/jwt-for-hosts cannot be compiled:\n${output}`);
  script = new Script('.cache/examples/jwt-for-hosts/main.js', '0', SECRET);
  const { raw } = await script.logs.until(({ raw }) => raw.includes('Listening on'), 'a start line');
  origin = /http:\/\/[\d.:]+/.exec(raw)?.[0] ?? '';
  peers = new Peers(Number(new URL(origin).port), script.logs);
}, 120_000);
afterAll(() => {
  peers.dispose();
  script.signal('SIGKILL');
});

/** A token that was signed with the secret, and ends `seconds` from now. */
function signed(secret: string, seconds: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'eve', exp: now + seconds })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function loginWith(code: string, token: unknown): string {
  return JSON.stringify({ ...(JSON.parse(loginHost(code)) as object), token });
}

test('[L16] a game with a token opens a room, and phones join it without one', async () => {
  const response = await fetch(`${origin}/tokens/ann`, { method: 'POST' });
  const { token } = (await response.json()) as { token: string };
  const host = await peers.saying(loginWith('SNEK', token));
  await host.fence();
  await peers.saying(loginPlayer('SNEK', '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  await script.logs.until(({ raw }) => raw.includes('ann has opened room SNEK'), 'the entry of the journal');
});

test.each<[string, unknown]>([
  ['without a token', undefined],
  ['with a token that is not text', { sub: 'eve' }],
  ['with a token of another secret', signed('another secret', 60)],
  ['with a token that has expired', signed(SECRET, -60)],
  ['with something that is not a token', 'let me in'],
])('[L16] a game %s is disconnected silently', async (_, token) => {
  const host = await peers.saying(loginWith('EVE', token));
  expect(await host.closed()).toEqual(silently);
});
