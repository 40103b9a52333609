// All that plain peers get of the relay in a short party, byte for byte, handshakes and endings too.
import type { Relay } from '../../harness/one-relay.js';
import { clientFrame, type Frame } from '../../harness/frames.js';
import { loginHost, loginPlayer } from '../../harness/logins.js';
import { type RawPeer, upgradeRequest } from '../../harness/raw-peer.js';

/** The frames of each peer, and the head of its handshake. */
export async function transcript(relay: Relay): Promise<string[][]> {
  const code = relay.code();
  const host = await login(relay, loginHost(code));
  await fence(host);
  const player = await login(relay, loginPlayer(code, '467'));
  await fence(player);
  const refused = await login(relay, loginHost(code));
  refused.frames.push(...(await refused.peer.rest()));
  for (const said of ['{"n":1}', '{"n":2,"client_id":"forged"}']) player.peer.write(clientFrame(said));
  await fence(player);
  await fence(host);
  for (const said of ['to all', '{"receiver_id":"467"}', '{"receiver_id":"468"}', '{"$relay":"an order"}'])
    host.peer.write(clientFrame(said));
  await fence(host);
  await fence(player);
  host.peer.halfClose();
  for (const { peer, frames } of [host, player]) frames.push(...(await peer.rest()));
  return [host, player, refused].map(({ head, frames }) => [head, ...frames.map(inWords)]);
}

interface Guest {
  readonly peer: RawPeer;
  readonly head: string;
  readonly frames: Frame[];
}

async function login(relay: Relay, message: string): Promise<Guest> {
  const peer = await relay.rawConnect();
  peer.write(upgradeRequest(), clientFrame(message));
  return { peer, head: await peer.head(), frames: [] };
}

async function fence({ peer, frames }: Guest): Promise<void> {
  frames.push(...(await peer.fence()));
}

function inWords({ opcode, payload }: Frame): string {
  return `${opcode} ${payload.toString()}`;
}
