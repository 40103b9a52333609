// Rule C16: what a backend learns of rooms and players, and that its listeners harm no peer.
import { map } from 'rxjs';
import { expect, test, vi } from 'vitest';
import { RelayEvents, RelayModule, RelayService } from '../../src/index.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { type Backend, startBackend } from './backend.js';

async function start(): Promise<Backend & { events: RelayEvents }> {
  const backend = await startBackend({ imports: [RelayModule.forRoot()] });
  return { ...backend, events: backend.app.get(RelayEvents, { strict: false }) };
}

test('[C16] a backend gets the events of a party from its opening to its end, in order', async () => {
  const { events, peers } = await start();
  const told: unknown[] = [];
  events.roomOpened.subscribe((event) => told.push(['opened', event]));
  events.playerJoined.subscribe((event) => told.push(['joined', event]));
  events.playerLeft.subscribe((event) => told.push(['left', event]));
  events.roomClosed.subscribe((event) => told.push(['closed', event]));
  events.loginRefused.subscribe((event) => told.push(['refused', event]));
  const host = await peers.host('SNEK');
  const leaver = await peers.player(host, '1');
  await peers.player(host, '2');
  leaver.dispose();
  await host.next();
  await (await peers.saying(loginPlayer('NOBODY', '3'))).closed();
  await host.leave();
  const room = { serverCode: 'SNEK', address: '127.0.0.1', context: undefined };
  await vi.waitFor(() =>
    expect(told).toEqual([
      ['opened', room],
      ['joined', { ...room, clientId: '1' }],
      ['joined', { ...room, clientId: '2' }],
      ['left', { ...room, clientId: '1', ending: 'left' }],
      [
        'refused',
        { role: 'player', serverCode: 'NOBODY', clientId: '3', address: '127.0.0.1', ending: 'no-such-code' },
      ],
      ['closed', { ...room, ending: 'left' }],
      ['left', { ...room, clientId: '2', ending: 'host-left' }],
    ]),
  );
});

test('[C16] the log has the error of a listener that throws or rejects, and it gets the next event as all others do', async () => {
  const { events, peers, logs } = await start();
  const fail = (): never => {
    throw new Error('the backend has a bug');
  };
  const heard: string[] = [];
  events.roomOpened.subscribe(({ serverCode }) => {
    heard.push(`first ${serverCode}`);
    fail();
  });
  const later: () => unknown = () => Promise.reject(new Error('the backend has a bug later'));
  events.roomOpened.subscribe(later);
  events.roomOpened.pipe(map(fail)).subscribe();
  events.roomOpened.subscribe({ next: fail });
  events.roomOpened.subscribe(({ serverCode }) => heard.push(`last ${serverCode}`));
  for (const code of ['A', 'B']) await peers.host(code);
  expect(heard).toEqual(['first A', 'last A', 'first B', 'last B']);
  await logs.until(({ raw }) => raw.includes('has a bug later'), 'the error of a listener');
  // The operator has ended its own subscription.
  await vi.waitFor(() =>
    expect(logs.count('A listener of the backend has failed: Error: the backend')).toBe(7),
  );
});

test('[C16] a listener may throw any value, and may reject with its own kind of promise', async () => {
  const { events, peers, logs } = await start();
  const odd = (): never => {
    throw Object.create(null);
  };
  const later: () => unknown = () => ({
    then: (_: unknown, reject: (error: Error) => void) => reject(new Error('later')),
  });
  events.roomOpened.subscribe(odd);
  events.roomOpened.subscribe(later);
  await peers.host();
  await logs.until(({ raw }) => raw.includes('failed: something without a text'), 'the error without a text');
  await logs.until(({ raw }) => raw.includes('failed: Error: later'), 'the later error');
});

test('[C16] an event that a listener causes comes after all have had the first event, which no listener can change', async () => {
  const { app, events, peers } = await start();
  const told: string[] = [];
  events.roomOpened.subscribe((event) => {
    Reflect.set(event, 'serverCode', 'CHANGED');
    void app.get(RelayService, { strict: false }).closeRoom('SNEK');
  });
  events.roomOpened.subscribe(({ serverCode }) => told.push(`opened ${serverCode}`));
  events.roomClosed.subscribe(({ ending }) => told.push(`closed ${ending}`));
  await (await peers.saying(loginHost('SNEK'))).closed();
  expect(told).toEqual(['opened SNEK', 'closed closed-by-operator']);
});

test('[C16] the relay makes no event while there is no listener, and stops when the last one goes', async () => {
  const { events, peers } = await start();
  const heard: string[] = [];
  const subscription = events.roomOpened.subscribe(({ serverCode }) => heard.push(serverCode));
  await peers.host('A');
  subscription.unsubscribe();
  await peers.host('B');
  expect(heard).toEqual(['A']);
});

test('[C16] the observables complete when the application ends, after the last event', async () => {
  const { app, events, peers } = await start();
  const told: string[] = [];
  events.roomClosed.subscribe({
    next: ({ ending }) => told.push(ending),
    complete: () => told.push('complete'),
  });
  await peers.host();
  await app.close();
  expect(told).toEqual(['shutdown', 'complete']);
});
