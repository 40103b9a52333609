// The first thing that the README shows: a round that is played through whatever relay is given.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import { useRelay } from '../harness/relay.js';
import { runScript } from './scripts.js';

const relay = useRelay();

function play(url: string): ReturnType<typeof runScript> {
  return runScript('examples/play-a-round.mjs', url);
}

test('the example plays a round, explains it, and checks it against the protocol', async () => {
  const { code, output } = await play(relay.url());
  expect(output).toContain('That was the whole protocol.');
  expect(output.split('\n').filter((line) => line.includes(' hears '))).toHaveLength(7);
  expect(code).toBe(0);
});

/** Something that answers on WebSockets, and is not a relay. */
async function impostor(answer: (ws: WebSocket, message: Buffer) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  server.on('connection', (ws) => ws.on('message', (message: Buffer) => answer(ws, message)));
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const sentences: [string, () => Promise<string>, RegExp][] = [
  ['nobody listens', () => Promise.resolve('ws://127.0.0.1:1'), /^No relay answers at ws:.* runs one\.\n$/],
  ['the URL is none', () => Promise.resolve('relay'), /^Invalid URL: relay\n$/],
  ['the relay refuses', () => impostor((ws) => ws.close()), /\nhost was disconnected \(1005\)\.\n$/],
  ['the relay errs', () => impostor((ws, it) => ws.send(it)), /\nhost should have heard .*, but heard .*\n$/],
];
test.each(sentences)('when %s, the round ends with a sentence', async (_, url, sentence) => {
  const { code, output } = await play(await url());
  expect(output).toMatch(sentence);
  expect(output).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});
