// Who may look, on a controller as operator modules have them.
import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { AccessModule } from '../../../src/operator/access/access.module.js';
import { OperatorAccess } from '../../../src/operator/access/operator-access.js';
import { OperatorGuard } from '../../../src/operator/access/operator.guard.js';
import { RelayModule } from '../../../src/index.js';
import { startBackend, type Backend, type Setup } from '../../embed/backend.js';

const TOKEN = 'correct-horse-battery';

@UseGuards(OperatorGuard)
@Controller('secret')
class SecretController {
  @Get()
  look(): string {
    return 'all is well';
  }

  @Post()
  act(): string {
    return 'done';
  }
}

@Module({ imports: [AccessModule], controllers: [SecretController] })
class SecretModule {
  constructor(access: OperatorAccess) {
    access.announce('secret');
  }
}

type Vault = Backend & { agent: ReturnType<typeof supertest> };

async function startVault(setup: Setup = {}, operatorToken = TOKEN): Promise<Vault> {
  const imports = [RelayModule.forRoot({ operatorToken }), SecretModule];
  const backend = await startBackend({ imports }, setup);
  return { ...backend, agent: supertest(`http://127.0.0.1:${backend.port}`) };
}

/** The cookie that a visit with the token sets: the pair to send back, and the whole header. */
async function cookieFrom({ agent }: Vault, headers: Record<string, string> = {}): Promise<[string, string]> {
  const { headers: answer } = await agent
    .get(`/secret?token=${TOKEN}`)
    .set(headers)
    .expect(200, 'all is well');
  const [cookie = ''] = answer['set-cookie'] as unknown as string[];
  return [cookie.split(';')[0]!, cookie];
}

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[O11] a client that does not show the token sees nothing, and learns how to show it', async () => {
    const { agent } = await startVault(platform);
    const wrong: [string, Record<string, string>][] = [
      ['/secret', {}],
      ['/secret?token=', {}],
      ['/secret?token=correct-horse-batter', {}],
      [`/secret?token=${TOKEN}x`, {}],
      [`/secret?Token=${TOKEN}`, {}],
      ['/secret', { Authorization: 'Bearer wrong' }],
      ['/secret', { Authorization: `Basic ${TOKEN}` }],
      ['/secret', { Cookie: `carparty-operator=${TOKEN}` }],
    ];
    for (const [path, headers] of wrong) {
      const { status, text, headers: answer } = await agent.get(path).set(headers);
      expect([path, status]).toEqual([path, 401]);
      expect(text).toContain('--operator-token');
      expect(text).not.toContain('all is well');
      expect(answer['www-authenticate']).toContain('Bearer');
      expect(answer['set-cookie']).toBeUndefined();
    }
  });

  test('[O11] programs send the token as a bearer token, and get no cookie', async () => {
    const { agent } = await startVault(platform);
    const { headers } = await agent.get('/secret').auth(TOKEN, { type: 'bearer' }).expect(200, 'all is well');
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
    await agent.post('/secret').auth(TOKEN, { type: 'bearer' }).expect(201, 'done');
  });

  test('[O11] a browser that opens a URL with the token gets a cookie that no script can read', async () => {
    const vault = await startVault(platform);
    const [pair, cookie] = await cookieFrom(vault);
    expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain(TOKEN);
    await vault.agent.get('/secret').set('Cookie', `other=1; ${pair}; last=2`).expect(200, 'all is well');
    await vault.agent.get('/secret').set('Cookie', `${pair}x`).expect(401);
    const [, secure] = await cookieFrom(vault, { 'X-Forwarded-Proto': 'https' });
    expect(secure).toMatch(/; SameSite=Strict; Secure$/);
  });

  test('[O11] with the cookie only pages of the relay itself may act, not foreign pages', async () => {
    const vault = await startVault(platform);
    const [Cookie] = await cookieFrom(vault);
    const own = { Cookie, 'X-CarParty-Action': '1' };
    await vault.agent.post('/secret').set(own).expect(201, 'done');
    await vault.agent
      .post('/secret')
      .set({ ...own, 'Sec-Fetch-Site': 'same-origin' })
      .expect(201);
    await vault.agent.post('/secret').set({ Cookie }).expect(403);
    for (const site of ['cross-site', 'same-site', 'none']) {
      await vault.agent
        .post('/secret')
        .set({ ...own, 'Sec-Fetch-Site': site })
        .expect(403);
    }
    await vault.agent.post(`/secret?token=${TOKEN}`).expect(403);
    await vault.agent.post('/secret').set('X-CarParty-Action', '1').expect(401);
  });
});

test('[O12] without a token the relay makes a random one at the start, and logs it once with the address to open', async () => {
  const { agent, logs, port } = await startVault({}, '');
  const { text } = await logs.until((line) => line.text.startsWith('Operators:'), 'where operators go');
  const [, path, token = ''] =
    /^Operators: http:\/\/127\.0\.0\.1:\d+(\/secret)\?token=([\w-]+)$/.exec(text) ?? [];
  expect(text).toContain(`:${port}/`);
  expect(path).toBe('/secret');
  expect(token.length).toBeGreaterThanOrEqual(32);
  await agent.get(`/secret?token=${token}`).expect(200);
  expect(logs.count(token)).toBe(1);
  const other = await startVault({}, '');
  await other.agent.get(`/secret?token=${token}`).expect(401);
});

test('[O12] the log does not contain a token that the operator chose', async () => {
  const { logs } = await startVault();
  await logs.until((line) => line.text.startsWith('Operators:'), 'where operators go');
  expect(logs.count(TOKEN)).toBe(0);
});

test('[O11] the cookies of two relays on one machine do not collide', async () => {
  const one = await startVault();
  const imports = [RelayModule.forRoot({ operatorToken: `${TOKEN}-two` }), SecretModule];
  const { port } = await startBackend({ imports });
  const two = supertest(`http://127.0.0.1:${port}`);
  const answer = await two.get(`/secret?token=${TOKEN}-two`).expect(200);
  const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
  const [first] = await cookieFrom(one);
  const both = `${first}; ${cookie.split(';')[0]}`;
  await one.agent.get('/secret').set('Cookie', both).expect(200);
  await two.get('/secret').set('Cookie', both).expect(200);
  await two.get('/secret').set('Cookie', first).expect(401);
});

test.each(['short', 'with a space in it', 'x'.repeat(257)])(
  '[C3] the token %j stops the start',
  async (operatorToken) => {
    await expect(startVault({}, operatorToken)).rejects.toThrow(
      /operatorToken must be a secret of 16 to 256/,
    );
  },
);
