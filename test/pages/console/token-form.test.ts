// A visitor who opens the console without the token, as a program and in a real browser.
import type { INestApplication } from '@nestjs/common';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { ConsoleModule, RelayModule } from '../../../src/index.js';
import { startBackend } from '../../embed/backend.js';
import { useRelay } from '../../harness/relay.js';
import { useDevices } from '../party/browser.js';

const TOKEN = 'correct-horse-battery';
const relay = useRelay('--operator-token', TOKEN);
const devices = useDevices();

const origin = (): string => relay.url('').replace('ws', 'http');

test('[O11] a browser that opens the page without the token gets a form, and a program gets JSON', async () => {
  const agent = supertest(origin());
  for (const path of ['/console', '/console/']) {
    const { text, headers } = await agent.get(path).set('Accept', 'text/html,*/*;q=0.8').expect(401);
    expect(text).toMatch(/<form method="get">[^]*name="token" type="password"/);
    expect(text).not.toMatch(/https?:|<script/);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*form-action 'self'/);
    expect(headers['set-cookie']).toBeUndefined();
  }
  const wrong = await agent.get('/console?token=<b>wrong').expect(401);
  expect(wrong.text).toContain('This token is not correct.');
  expect(wrong.text).not.toContain('<b>');
  for (const path of ['/console', '/console/live', '/metrics']) {
    const { text } = await agent.get(path).set('Accept', 'application/json').expect(401);
    expect(text).toMatch(/^\{.*"statusCode":401/);
    expect(text).toContain('--operator-token');
  }
  await agent.post('/console/drain').set('Accept', 'text/html').expect(401).expect('Content-Type', /json/);
});

test('[O11] without the token a form asks for it, and then the console opens', async () => {
  const page = await devices.page(origin());
  await page.goto(`${origin()}/console`);
  await page.getByLabel(/token/).fill('something-else-entirely');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('This token is not correct.').waitFor();
  await page.getByLabel(/token/).fill(TOKEN);
  await page.keyboard.press('Enter');
  await page.getByText('Live', { exact: true }).waitFor();
  expect(page.url()).toBe(`${origin()}/console`);
  await page.reload();
  await page.getByText('Live', { exact: true }).waitFor();
});

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[O11] the form works inside another backend, and sets the cookie for the page that it leads to', async () => {
    const imports = [RelayModule.forRoot({ operatorToken: TOKEN }), ConsoleModule];
    const prepare = (app: INestApplication): unknown => app.setGlobalPrefix('api');
    const { port } = await startBackend({ imports }, { ...platform, prepare });
    const agent = supertest(`http://127.0.0.1:${port}`);
    const { text } = await agent
      .get('/api/console')
      .expect(401)
      .expect('Content-Type', /text\/html/);
    expect(text).toContain('name="token"');
    const page = await agent.get(`/api/console?token=${TOKEN}`).expect(200);
    expect(page.headers['set-cookie']).toBeDefined();
    await agent
      .get('/api/console')
      .set('Accept', 'application/json')
      .expect(401)
      .expect('Content-Type', /json/);
  });
});
