// Clients of a stack in a party whose other members are the harness's own.
import { expect, onTestFinished } from 'vitest';
import { loginHost, loginPlayer } from '../harness/logins.js';
import { connectNotice } from '../harness/notices.js';
import type { Host, Player, Relay } from '../harness/relay.js';
import type { Client, Stack } from './client.js';

/** The subprotocol that every client offers, and that the relay selects (L15). */
const SUBPROTOCOL = 'party';

/** The id of a client that is a player. */
export const ID = '467';

/** What a host gets in place of a player's JSON object. */
export function stamped(message: string, id = ID): string {
  return `${message.slice(0, -1)},"client_id":"${id}"}`;
}

/** A client, its handshake done. It is ended with the test. */
export async function open(stack: Stack, relay: Relay): Promise<Client> {
  const client = await stack.start(relay.url(), SUBPROTOCOL);
  onTestFinished(() => client.kill());
  expect(await client.next()).toBe(`open ${SUBPROTOCOL}`);
  return client;
}

/** The stack as a phone. */
export async function asPlayer(stack: Stack, relay: Relay): Promise<{ client: Client; host: Host }> {
  const host = await relay.host();
  const client = await open(stack, relay);
  client.order(`text ${loginPlayer(host.code, ID)}`);
  expect(await host.next()).toBe(connectNotice(ID));
  return { client, host };
}

/** The stack as a game, with one player. */
export async function asHost(stack: Stack, relay: Relay): Promise<{ client: Client; player: Player }> {
  const code = relay.code();
  const client = await open(stack, relay);
  client.order(`text ${loginHost(code)}`);
  await relay.logs.until(({ text }) => text.includes(code), `the room ${code}`);
  const player = await relay.connect();
  player.send(loginPlayer(code, ID));
  expect(await client.next()).toBe(`text ${connectNotice(ID)}`);
  return { client, player: Object.assign(player, { id: ID }) };
}

/** A JSON object of so many bytes, no two parts of it alike. */
export function objectOf(bytes: number): string {
  let numbers = '';
  for (let n = 0; numbers.length < bytes; n++) numbers += `${n} `;
  return `{"numbers":"${numbers.slice(0, bytes - '{"numbers":""}'.length)}"}`;
}
