// What `/j/SNEK` and its `open` tell one address, which pays at all doors together (A17), on a running relay.
import { expect, test } from 'vitest';
import { fixed } from '../../harness/fixed.js';
import { silently } from '../../harness/connection.js';
import { loginHost, loginPlayer, useRelay } from '../../harness/relay.js';
import { Behind, TRUSTING } from '../../harness/behind.js';

const BURST = 20;
const limits = ['--failed-logins-per-minute', '1', ...fixed({ guessBurstMinutes: BURST })];
const relay = useRelay(...TRUSTING, ...limits, '--new-hosts-per-minute', '4');

interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

async function visit(from: { headers: Record<string, string> }, path: string): Promise<Answer> {
  const url = relay.url(path).replace('ws:', 'http:');
  const response = await fetch(url, { headers: from.headers, redirect: 'manual' });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What a wrong code is answered with at each door; anything else is not an answer. */
const DOORS: readonly ((from: Behind, code: string) => Promise<boolean>)[] = [
  async (from, code) => (await visit(from, `/j/${code}`)).status === 200,
  async (from, code) => (await visit(from, `/j/${code}/open`)).status === 200,
  async (from, code) => (await visit(from, `/j/${code.toLowerCase()}/open`)).status === 200,
  async (from, code) => {
    const phone = await from.connect();
    phone.send(loginPlayer(code, '666'));
    await phone.closed();
    return (await from.why(code, '666')) === 'no-such-code';
  },
  async (from, code) => {
    const host = await from.connect();
    host.send(loginHost(code));
    await host.fence().catch(() => undefined);
    const refusal = await from.whyHost(code);
    await host.leave();
    return refusal === null;
  },
];

/** Asks for new codes, each at the next door, until each has refused some; returns how many were answered for. */
async function guessEverywhere(from: Behind): Promise<number> {
  let answers = 0;
  for (let at = 0; at < 12 * DOORS.length; at++) {
    if (await DOORS[at % DOORS.length]!(from, relay.code())) answers++;
  }
  return answers;
}

const REFUSED = 'Too many wrong codes came from this network';

test('[A17] an address that asks at every entrance in turn gets no more answers than the burst and the rate allow', async () => {
  const start = performance.now();
  const guesser = new Behind(relay);
  const answers = await guessEverywhere(guesser);
  expect(answers).toBeGreaterThanOrEqual(BURST - 4);
  expect(answers).toBeLessThanOrEqual(BURST + 1 + (performance.now() - start) / 60_000);
});

test('[A17] an address that has asked too often does not learn at any entrance whether a code is right', async () => {
  const host = await new Behind(relay).host();
  const guesser = new Behind(relay);
  await guessEverywhere(guesser);
  for (const code of [host.code, host.code.toLowerCase(), relay.code()]) {
    const page = await visit(guesser, `/j/${code}`);
    expect([page.status, page.headers.get('location')]).toEqual([429, null]);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain(`<h1>${REFUSED}</h1>`);
    expect(page.text).not.toMatch(/No game is running|\{\{/);
    const open = await visit(guesser, `/j/${code}/open`);
    expect([open.status, JSON.parse(open.text)]).toEqual([429, { open: null, hint: REFUSED }]);
    expect(open.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await guesser.why(code, '667')).toBeNull();
  }
  const phone = await guesser.connect();
  phone.send(loginPlayer(host.code, '666'));
  expect(await phone.closed()).toEqual(silently);
  expect(await guesser.why(host.code, '666')).toBe('too-many-failed-logins-of-address');
  await host.expectNothing();
});

test('[A17] asking why does not reveal codes: it answers only about logins of the same address', async () => {
  const host = await new Behind(relay).host();
  const nosy = new Behind(relay);
  for (const code of [host.code, relay.code()]) {
    expect([await nosy.why(code, '1'), await nosy.whyHost(code)]).toEqual([null, null]);
  }
  for (let at = 0; at < 100; at++) await nosy.why(relay.code(), '1');
  await nosy.player(host, '1');
});

test('[A17] a page that waits for one game may ask without limit, also when others have used up the rate', async () => {
  const waiting = new Behind(relay);
  const code = relay.code();
  const ask = async (): Promise<[number, string]> => {
    const { status, text } = await visit(waiting, `/j/${code.toLowerCase()}/open`);
    return [status, text];
  };
  for (let at = 0; at < 100; at++) expect(await ask()).toEqual([200, '{"open":false}']);
  let others = 200;
  for (let at = 0; at < 100; at++) {
    others = (await visit(waiting, `/j/${relay.code()}`)).status;
    expect(await ask()).toEqual([200, '{"open":false}']);
  }
  expect(others).toBe(429);
  await new Behind(relay).host(code);
  expect(await ask()).toEqual([200, '{"open":true}']);
});

test('[A17] phones of a party find it while another phone behind their address tries codes', async () => {
  const school = new Behind(relay);
  const host = await new Behind(relay).host();
  await school.player(host, '1');
  await guessEverywhere(school);
  expect((await visit(school, `/j/${relay.code()}/open`)).status).toBe(429);
  for (const code of [host.code, host.code.toLowerCase()]) {
    expect((await visit(school, `/j/${code}/open`)).text).toBe('{"open":true}');
    expect((await visit(school, `/j/${code}`)).headers.get('location')).toContain(host.code);
  }
});

test('[A17] many questions at the same time do not get around the limit', async () => {
  const guesser = new Behind(relay);
  const answers = await Promise.all(
    Array.from({ length: 100 }, () => visit(guesser, `/j/${relay.code()}/open`)),
  );
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(BURST);
});

test('[A17] text that cannot be a code does not count as a guess', async () => {
  const clumsy = new Behind(relay);
  for (let at = 0; at < 50; at++) {
    const { status, text } = await visit(clumsy, `/j/${'x'.repeat(257 + at)}/open`);
    expect([status, text]).toEqual([200, '{"open":false}']);
  }
  expect((await visit(clumsy, '/j/%20/open')).text).toBe('{"open":false}');
  expect((await visit(clumsy, `/j/${relay.code()}/open`)).status).toBe(200);
});

test('[A24] from loopback any number of codes may be asked for', async () => {
  for (let at = 0; at < 100; at++) {
    expect((await visit({ headers: {} }, `/j/${relay.code()}/open`)).status).toBe(200);
  }
});

test('[O24] /j/SNEK leads into an open game, and its open reports it', async () => {
  const host = await relay.host();
  const { status, headers } = await visit({ headers: {} }, `/j/${host.code.toLowerCase()}?from=qr`);
  expect([status, headers.get('location')?.endsWith(`party/${host.code}`)]).toEqual([302, true]);
  expect((await visit({ headers: {} }, `/j/${host.code}/open`)).text).toBe('{"open":true}');
  await host.leave();
  const page = await visit({ headers: {} }, `/j/${host.code}`);
  expect([page.status, page.text.includes(`<h1>No game is running under ${host.code}</h1>`)]).toEqual([
    200,
    true,
  ]);
});
