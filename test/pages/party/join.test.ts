// The short address /j/SNEK, and the pages as they are served.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { TestHost } from '../../client/peers.js';
import { fixed } from '../../harness/fixed.js';
import { useDevices } from './browser.js';

const plain = new BuiltRelay();
const game = new BuiltRelay(['--controller-url', 'https://car-party.de/?room={code}&from={code}']);
const strict = new BuiltRelay([
  ...['--trust-proxy', 'loopback', '--new-hosts-per-minute', '0'],
  ...['--failed-logins-per-minute', '20', ...fixed({ guessBurstMinutes: 0.1 })],
]);
beforeAll(async () => {
  await strict.start();
  await plain.start();
  await game.start();
});
afterAll(async () => {
  await strict.stop();
  await plain.stop();
  await game.stop();
});
const devices = useDevices();

async function ask(
  url: string,
): Promise<{ status: number; location: string | null; text: string; headers: Headers }> {
  const response = await fetch(url, { redirect: 'manual' });
  const { status, headers } = response;
  return { status, location: headers.get('location'), text: await response.text(), headers };
}

test('/j/SNEK leads to the controller of the game', async () => {
  const { host } = await TestHost.open({ url: game.url, code: 'SN K&' });
  const { status, location } = await ask(`${game.origin}/j/sn%20k%26`);
  expect(status).toBe(302);
  expect(location).toBe('https://car-party.de/?room=SN%20K%26&from=SN%20K%26');
  host.close();
});

test('/j/SNEK leads to the party page if the game does not have a controller', async () => {
  const { host } = await TestHost.open({ url: plain.url });
  const { location } = await ask(`${plain.origin}/j/${host.code}`);
  expect(new URL(location ?? '', `${plain.origin}/j/${host.code}`).pathname).toBe(`/party/${host.code}`);
});

test('/j/SNEK says in plain words that the game does not exist, whatever the code is', async () => {
  const { text } = await ask(`${plain.origin}/j/${encodeURIComponent('<b>"$&')}`);
  expect(text).toContain('No game is running under &#60;B&#62;&#34;$&#38;');
  expect(text).not.toMatch(/\{\{|<b>/i);
});

test('/j/SNEK waits for the game to open, and then joins it', async () => {
  const page = await devices.page(plain.origin);
  await page.goto(`${plain.origin}/j/nvrm`);
  await page.getByText('No game is running under NVRM').waitFor();
  await TestHost.open({ url: plain.url, code: 'NVRM' });
  await page.waitForURL(`${plain.origin}/party/NVRM`);
  devices.expectNoComplaints();
});

test('[O24] a page whose network has asked too often gets no answer, asks again later and joins', async () => {
  const headers = { 'X-Forwarded-For': '198.51.100.1' };
  let codes = 0;
  const spendAll = async (): Promise<void> => {
    while ((await fetch(`${strict.origin}/j/WRONG${++codes}`, { headers })).status !== 429);
  };
  await TestHost.open({ url: strict.url, code: 'RIGHT' });
  const page = await devices.page(strict.origin, { extraHTTPHeaders: headers });
  // At the last moment: one more may be asked for every 3 s.
  await spendAll();
  const answer = await page.goto(`${strict.origin}/j/right`);
  expect(answer?.status()).toBe(429);
  await page.getByRole('heading', { name: 'Too many wrong codes came from this network' }).waitFor();
  await page.waitForURL(`${strict.origin}/party/RIGHT`);
  const waiting = await devices.page(strict.origin, { extraHTTPHeaders: headers });
  await spendAll();
  expect((await waiting.goto(`${strict.origin}/j/later`))?.status()).toBe(429);
  await waiting.getByRole('heading', { name: 'No game is running under LATER' }).waitFor();
  await waiting.getByText('Waiting for it to open').waitFor();
});

test.each(['/party', '/party/', '/party/SNEK', '/party/SNEK/', '/party/SNEK?tab', '/j/NONE', '/j/NONE/'])(
  'all that %s needs comes from this relay, and scripts only from files',
  async (path) => {
    const { text, headers } = await ask(plain.origin + path);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'; style-src 'self'");
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|\sstyle=/);
    const needed = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, url = '']) => new URL(url, plain.origin + path),
    );
    expect(needed.length).toBeGreaterThan(3);
    for (const url of needed) {
      expect(url.origin).toBe(plain.origin);
      expect((await ask(url.href)).status).toBe(200);
    }
  },
);

test.each(['/party/assets/none.js', '/party/assets/screen.html', '/party/assets/..%2fclient.js'])(
  'the relay serves only the files of the page: %s',
  async (path) => {
    expect((await ask(plain.origin + path)).status).toBe(404);
  },
);
