// Rule E9: an error inside the relay ends the connection that it happened on, and no other.
import { expect, test, vi } from 'vitest';
import { RelayModule, RelayService } from '../../src/index.js';
import { RoutingService } from '../../src/relay/routing/routing.service.js';
import { SessionService } from '../../src/relay/session/session.service.js';
import { disconnectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer, type Host, type Player } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

type Service = typeof RoutingService | typeof SessionService;

interface Party extends Backend {
  host: Host;
  player: Player;
  /** Has the next call of a method throw. */
  breakOnce: (service: Service, method: string) => void;
}

/** A backend with a party on it, in which nothing is broken yet. */
async function startParty(): Promise<Party> {
  const backend = await startBackend({ imports: [RelayModule.forRoot()] });
  const host = await backend.peers.host();
  const player = await backend.peers.player(host, 'friend');
  const breakOnce = (service: Service, method: string): void => {
    const instance = backend.app.get<Record<string, () => unknown>>(service, { strict: false });
    vi.spyOn(instance, method).mockImplementationOnce(() => {
      throw new Error('a bug in the relay');
    });
  };
  return { ...backend, host, player, breakOnce };
}

async function expectStack({ logs }: Backend): Promise<void> {
  const { level, raw } = await logs.until(({ text }) => text.includes('a bug in the relay'), 'the error');
  expect(level).toBe('error');
  expect(raw).toContain('internal-errors.test.ts');
  expect(logs.count('internal-error')).toBe(1);
}

test("[E9] an error while a player's message is forwarded ends that player", async () => {
  const party = await startParty();
  const { peers, host, player, breakOnce } = party;
  const unlucky = await peers.player(host, 'unlucky');
  breakOnce(RoutingService, 'forward');
  unlucky.send('{"n":1}');
  unlucky.send('{"n":2}');
  await peers.expectRefused(unlucky, 'internal-error', 'unlucky');
  expect(await host.next()).toBe(disconnectNotice('unlucky'));
  await peers.expectParty(host, player);
  await host.expectNothing();
  await expectStack(party);
});

test("[E9] an error while a host's message is delivered ends that host and its room, and no other", async () => {
  const party = await startParty();
  const { peers, host, player, breakOnce } = party;
  const unlucky = await peers.host();
  const guest = await peers.player(unlucky, 'guest');
  breakOnce(RoutingService, 'deliver');
  unlucky.send('hello');
  await peers.expectRefused(unlucky, 'internal-error', unlucky.code);
  await peers.expectRefused(guest, 'host-left', unlucky.code, 'guest');
  await peers.expectParty(host, player);
  await peers.host(unlucky.code);
  await expectStack(party);
});

const logins: [string, string, (host: Host) => string][] = [
  ['a host', 'loginHost', () => loginHost('SNEK')],
  ['a player', 'loginPlayer', ({ code }) => loginPlayer(code, 'unlucky')],
];
test.each(logins)('[E9] an error while %s logs in ends that login', async (_, method, login) => {
  const party = await startParty();
  const { peers, host, player, breakOnce, app } = party;
  breakOnce(SessionService, method);
  await peers.expectRefused(await peers.saying(login(host)), 'internal-error');
  await peers.expectParty(host, player);
  await host.expectNothing();
  expect(app.get(RelayService, { strict: false }).rooms()).toMatchObject([{ players: 1 }]);
  await expectStack(party);
});
