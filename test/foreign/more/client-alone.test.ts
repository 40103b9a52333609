// A game in the browser, or in Node, that has no backend at all: it installs the client and nothing else.
import { expect, test } from 'vitest';
import { Program } from '../../harness/program.js';
import { ForeignHost } from '../foreign-host.js';

test('[C10] the client is one package, and a party plays with it alone', async () => {
  const host = await ForeignHost.make('client-alone', { ours: 'carparty-relay-client' });
  expect(host.packages()).toEqual(['carparty-relay-client']);
  const relay = new Program(['--port', '0']);
  try {
    const url = `ws://127.0.0.1:${await relay.listening()}`;
    const said = await host.run(process.execPath, '--experimental-websocket', 'src/party.mjs', url);
    expect(said).toContain('join 467\nheard {"steer":1}\nanswered {"type":"welcome"');
  } finally {
    await relay.stop();
  }
});
