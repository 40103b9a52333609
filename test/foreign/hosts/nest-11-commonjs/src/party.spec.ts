import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { RelayWsAdapter } from 'carparty-relay';
import { PartyHost, PartyPlayer } from 'carparty-relay/client';
import { BackendModule } from './backend.module';

// Not imported: this host has no types of ws, as most backends have none.
const { WebSocket } = require('ws') as { WebSocket: never };

let app: INestApplication;
afterEach(() => app.close());

test('a party plays in a testing module', async () => {
  const testing = await Test.createTestingModule({ imports: [BackendModule] }).compile();
  app = testing.createNestApplication();
  app.useWebSocketAdapter(new RelayWsAdapter(app));
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}/relay`;

  const host = new PartyHost<{ steer: number }>({ url, WebSocket });
  const joined = new Promise((resolve) => host.on('join', resolve));
  const heard = new Promise((resolve) => host.on('message', resolve));
  await new Promise<void>((resolve) => host.on('status', ({ state }) => state === 'joined' && resolve()));
  const player = new PartyPlayer({ url, code: host.code, clientId: '467', WebSocket });
  const answered = new Promise((resolve) => player.on('message', resolve));
  player.send({ steer: 1 });
  expect(await joined).toBe('467');
  expect(await heard).toEqual({ steer: 1 });
  host.sendTo('467', { type: 'welcome' });
  expect(await answered).toMatchObject({ type: 'welcome' });

  const page = await fetch(`http://127.0.0.1:${port}/party`);
  expect(await page.text()).toContain('<html');
  player.close();
  host.close();
});
