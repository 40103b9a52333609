// Peers that ask the relay to keep their place, by hand: what a game without our library does.
import { expect } from 'vitest';
import type { Connection } from '../../harness/connection.js';
import type { Peers } from '../../harness/peers.js';

/** What a peer may ask of the relay. */
export type Wishes = Readonly<Record<string, unknown>>;

/** The words of the relay, read. */
export type Words = Readonly<Record<string, unknown>>;

/** Any text of 16 bytes or more is a key. */
export function keyOf(name: string): string {
  return `the key of ${name}`.padEnd(24, '.');
}

export function hostAsking(code: string, $relay: unknown): object {
  return { action: 'login_server', server_code: code, $relay };
}

export function playerAsking(code: string, id: string, $relay: unknown): object {
  return { action: 'login_client', server_code: code, client_id: id, $relay };
}

/** The next message to a host, which is the relay's own: in a binary frame (R4). */
export async function wordsToHost(host: Connection): Promise<Words> {
  const message = await host.next();
  expect(Buffer.isBuffer(message), `${String(message)} is text`).toBe(true);
  return JSON.parse(message.toString()) as Words;
}

/** The next message to a player, which is the relay's own. */
export async function wordsToPlayer(player: Connection): Promise<Words> {
  const message = await player.next();
  expect(message).toMatch(/^\{"\$relay":"/);
  return JSON.parse(message.toString()) as Words;
}

/** A host that has asked, and its `welcome`. */
export async function stayingHost(
  relay: Peers,
  wishes: Wishes = {},
  code = relay.code(),
): Promise<StayingHost> {
  const connection = await relay.connect();
  connection.send(hostAsking(code, { key: keyOf(code), ...wishes }));
  return Object.assign(connection, { code, welcome: await wordsToHost(connection) });
}

/** A player that has asked, and its `welcome`. Its host has got what it gets, and a test looks at that. */
export async function stayingPlayer(
  relay: Peers,
  { code }: { readonly code: string },
  id: string,
  wishes: Wishes = {},
): Promise<StayingPlayer> {
  const connection = await relay.connect();
  connection.send(playerAsking(code, id, { key: keyOf(id), ...wishes }));
  return Object.assign(connection, { id, welcome: await wordsToPlayer(connection) });
}

export type StayingHost = Connection & { code: string; welcome: Words };
export type StayingPlayer = Connection & { id: string; welcome: Words };

/** What asks to go on with the stream of that `welcome`, of which so many messages came. */
export function goingOn({ stream }: Words, got: number): Wishes {
  return { stream, got };
}
