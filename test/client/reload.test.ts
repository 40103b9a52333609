// A page that is reloaded fares no worse than one that is not: the phone waits, and the screen gets its code back.
import { expect, test, vi } from 'vitest';
import { PartyHost } from '../../client/src/index.js';
import { join, newPlayer, newStore, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const URL = 'ws://relay.example';

/** Every peer is refused, as the original relay does it: without a word. */
async function refuseAll(milliseconds: number, until = (): boolean => false): Promise<void> {
  for (let waited = 0; waited < milliseconds && !until(); waited += 50) {
    if (FakeSocket.last.readyState === 0) {
      FakeSocket.last.open();
      FakeSocket.last.end(1005);
    }
    await vi.advanceTimersByTimeAsync(50);
  }
}

/** The codes that were asked for, in order. */
function asked(): string[] {
  return FakeSocket.made.flatMap(({ sent }) =>
    sent.slice(0, 1).map((login) => (JSON.parse(login) as { server_code: string }).server_code),
  );
}

/** The page is gone without a farewell: nothing of it is heard any more. */
function reload(): void {
  const now = Date.now();
  // Takes the clock back as well.
  vi.clearAllTimers();
  vi.setSystemTime(now);
  FakeSocket.forget();
}

async function wasHost(store = newStore()): Promise<{ store: typeof store; screen: () => PartyHost }> {
  const screen = (): PartyHost =>
    new PartyHost({ url: URL, preferredCode: 'SNEK', store, WebSocket: FakeSocket });
  screen();
  await join();
  reload();
  return { store, screen };
}

test('a reloaded screen asks for its own code until it has it, and says so', async () => {
  const { screen } = await wasHost();
  const host = screen();
  await refuseAll(58_000);
  expect(host.status).toMatchObject({
    reason: { code: 'taking-back', text: 'Taking the party SNEK back …' },
  });
  expect(new Set(asked())).toEqual(new Set(['SNEK']));
  await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 60_000 });
  await join();
  expect(host).toMatchObject({ code: 'SNEK', status: { state: 'joined' } });
});

test.each([0, 0.999])('a screen that insists asks at most twenty times a minute (A18)', async (chance) => {
  const { screen } = await wasHost();
  vi.spyOn(Math, 'random').mockReturnValue(chance);
  screen();
  await refuseAll(60_000);
  expect(asked().length).toBeGreaterThan(10);
  expect(asked().length).toBeLessThanOrEqual(20);
});

test('a screen whose code went to another game meanwhile proposes another code after 65 seconds', async () => {
  const { screen } = await wasHost();
  const host = screen();
  await refuseAll(64_000);
  expect(host.code).toBe('SNEK');
  await refuseAll(10_000, () => host.code !== 'SNEK');
  expect(host.code).not.toBe('SNEK');
  await join();
  expect(host.status.state).toBe('joined');
});

test('a screen that never held the code, held it long ago, or gave it back does not wait for it', async () => {
  const never = new PartyHost({ url: URL, preferredCode: 'SNEK', store: newStore(), WebSocket: FakeSocket });
  await refuseAll(50);
  expect(never.code).not.toBe('SNEK');

  const { screen } = await wasHost();
  await vi.advanceTimersByTimeAsync(121_000);
  const late = screen();
  await refuseAll(50);
  expect(late.code).not.toBe('SNEK');

  const { screen: again } = await wasHost();
  const first = again();
  await join();
  first.close();
  const second = again();
  await refuseAll(50);
  expect(second.code).not.toBe('SNEK');
});

test('a reloaded screen with a fixed code insists on it too, and then gives up', async () => {
  const { store } = await wasHost();
  const host = new PartyHost({ url: URL, code: 'SNEK', store, WebSocket: FakeSocket });
  await refuseAll(60_000);
  expect(host.status).toMatchObject({ reason: { code: 'taking-back' } });
  await refuseAll(15_000);
  expect(host.status).toMatchObject({ state: 'ended', reason: { code: 'code-taken' } });
});

test('a phone that is reloaded while the screen is away waits for it, as the other phones do', async () => {
  const store = newStore();
  newPlayer({ store });
  await join();
  FakeSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(6_000);
  reload();
  const player = newPlayer({ store });
  await refuseAll(60_000);
  expect(player.status).toMatchObject({
    reason: { code: 'host-away', text: 'The big screen is away. Waiting for it to come back.' },
  });
  await refuseAll(60_000);
  expect(player.status.state).toBe('ended');
});

test('a phone belongs to its party as long as it stays, also when its page is killed', async () => {
  const store = newStore();
  newPlayer({ store });
  await join();
  await vi.advanceTimersByTimeAsync(3_600_000);
  reload();
  const player = newPlayer({ store });
  await refuseAll(100_000);
  expect(player.status).toMatchObject({ reason: { code: 'host-away' } });
});

test('a phone does not wait for a party that it left, that refused it, or that it never joined', async () => {
  const store = newStore();
  const left = newPlayer({ store });
  await join();
  left.close();
  const again = newPlayer({ store });
  await refuseAll(5_000);
  expect(again.status.state).toBe('ended');

  newPlayer({ store });
  await join();
  reload();
  const elsewhere = newPlayer({ store, code: 'KDRP' });
  await refuseAll(5_000);
  expect(elsewhere.status.state).toBe('ended');
});

test('a phone remembers each of two parties, and forgets one that is older than its patience', async () => {
  const store = newStore();
  for (const code of ['SNEK', 'KDRP']) {
    newPlayer({ store, code });
    await join();
    reload();
  }
  expect(store.getItem('carparty:joined')).toMatch(/SNEK.*KDRP/);
  const player = newPlayer({ store });
  await refuseAll(10_000);
  expect(player.status).toMatchObject({ reason: { code: 'host-away' } });
  await vi.advanceTimersByTimeAsync(200_000);
  newPlayer({ store, code: 'THIRD' });
  await join();
  expect(store.getItem('carparty:joined')).toMatch(/^\[\["THIRD",\d+\]\]$/);
});

test.each(['', 'null', '{"SNEK":1}', '[["SNEK","soon"],[7],null]', 'no JSON', '[["SNEK",9e15]]'])(
  'a store that holds %j under our key counts as empty',
  async (kept) => {
    const store = newStore();
    store.setItem('carparty:joined', kept);
    const player = newPlayer({ store });
    await refuseAll(5_000);
    expect(player.status.state).toBe('ended');
  },
);

test('where storage is blocked a page still plays, and starts fresh at each load', async () => {
  const refuse = (): never => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const store = { getItem: refuse, setItem: refuse };
  const host = new PartyHost({ url: URL, store, WebSocket: FakeSocket });
  await join();
  expect(host.status.state).toBe('joined');
  host.close();
  const player = newPlayer({ store });
  await join();
  player.close();
});
