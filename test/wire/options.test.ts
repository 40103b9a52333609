// Rule C2: where an option comes from.
import { expect, test } from 'vitest';
import { Connection, silently } from '../harness/connection.js';
import { Program } from '../harness/program.js';

test('[C2] a flag wins over the file', async () => {
  const program = new Program(['--port', '0', '--log-format', 'pretty'], {
    envFile: 'RELAY_LOG_FORMAT=json\n',
  });
  await program.listening();
  await program.stop();
  expect(program.logs.lines.filter(({ level }) => level !== undefined)).toEqual([]);
});

test('[C2] a flag wins over the environment, that over the file, and that over the default', async () => {
  const program = new Program(['--port', '0', '--max-message-size', '2000'], {
    env: { RELAY_MAX_DEPTH: '3', RELAY_MAX_MESSAGE_SIZE: '1500', RELAY_PORT: '1' },
    envFile: '# a comment\nRELAY_MAX_MESSAGE_SIZE=3000\nRELAY_MAX_DEPTH=9\nRELAY_LOG_FORMAT="json" # why\n',
  });
  const port = await program.listening();
  const login = '{"action":"login_server","server_code":"SNEK"}';
  const host = await Connection.open(`ws://127.0.0.1:${port}`);
  host.send(login);
  host.send('x'.repeat(2_000));
  await host.fence();
  const player = await Connection.open(`ws://127.0.0.1:${port}`);
  player.send('{"action":"login_client","server_code":"SNEK","client_id":"467"}');
  player.send('{"a":[[1]]}');
  player.send('{"a":[[[1]]]}');
  expect(await player.closed()).toEqual(silently);
  await program.logs.ending('too-deep', '467');
  expect(await host.take(3)).toContain('{"a":[[1]],"client_id":"467"}');
  host.send('x'.repeat(2_001));
  expect(await host.closed()).toEqual(silently);
  await program.logs.ending('too-large', 'SNEK');
  await program.stop();
  expect(program.logs.lines.filter(({ level }) => level === undefined)).toEqual([]);
});
