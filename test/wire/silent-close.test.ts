// What PROTOCOL.md says of how libraries report the relay's silent close, held against those that are at hand.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { runScript } from '../embed/scripts.js';
import { projectRoot } from '../harness/program.js';
import { useRelay } from '../harness/relay.js';
import { useDevices } from '../pages/party/browser.js';

const relay = useRelay();
const devices = useDevices();

/** A close as a library reports it. */
interface Close {
  code: number;
  reason: string;
  wasClean: boolean;
}

type Seen = Record<string, Close>;

/** The closes that a library reports; it runs in other processes, so it uses nothing from this file. */
async function closesSeen(Socket: typeof globalThis.WebSocket, url: string, code: string): Promise<Seen> {
  const open = (login: object) => {
    const socket = new Socket(url);
    const closed = new Promise<Close>((resolve) => {
      socket.onclose = ({ code, reason, wasClean }) => resolve({ code, reason, wasClean });
    });
    const heard = new Promise<'heard'>((resolve) => (socket.onmessage = () => resolve('heard')));
    socket.onopen = () => socket.send(JSON.stringify(login));
    return { socket, closed, heard };
  };
  const asHost = { action: 'login_server', server_code: code };
  const asPlayer = { action: 'login_client', server_code: code, client_id: '467' };
  const noSuchCode = await open(asPlayer).closed;
  const noLogin = await open({ action: 'none' }).closed;
  const host = open(asHost);
  let player = open(asPlayer);
  // A player may be faster than its host.
  while ((await Promise.race([host.heard, player.closed])) !== 'heard') player = open(asPlayer);
  const codeTaken = await open(asHost).closed;
  host.socket.close();
  return { noSuchCode, noLogin, codeTaken, hostLeft: await player.closed };
}

const silent = { code: 1005, reason: '', wasClean: true };
const allSilent: Seen = { noSuchCode: silent, noLogin: silent, codeTaken: silent, hostLeft: silent };

test('[L5] the library ws reports a silent close as 1005', async () => {
  const Socket = WebSocket as unknown as typeof globalThis.WebSocket;
  expect(await closesSeen(Socket, relay.url(), relay.code())).toEqual(allSilent);
});

test("[L5] Node's own WebSocket reports a silent close as 1005", async () => {
  const call = `(${closesSeen.toString()})(WebSocket, '${relay.url()}', '${relay.code()}')`;
  const script = `${call}.then((seen) => console.log('seen ' + JSON.stringify(seen)));`;
  const { output } = await runScript('--experimental-websocket', '--eval', script);
  expect(JSON.parse(/^seen (.*)$/m.exec(output)?.[1] ?? output)).toEqual(allSilent);
});

test('[L5] a browser reports a silent close as 1005', async () => {
  const origin = relay.url().replace('ws:', 'http:');
  const page = await devices.page(origin);
  await page.goto(`${origin}healthz`);
  const call = `(${closesSeen.toString()})(WebSocket, '${relay.url()}', '${relay.code()}')`;
  expect(await page.evaluate(call)).toEqual(allSilent);
});

test('[L5] the row of 1005 in PROTOCOL.md names them', () => {
  const protocol = readFileSync(join(projectRoot, 'PROTOCOL.md'), 'utf8');
  const row = protocol.split('\n').find((line) => line.startsWith('| 1005, clean '));
  expect(row).toContain("browsers, `ws`, Node's `WebSocket`");
});
