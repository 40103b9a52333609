// Rule L8, on the wire: what is not a login.
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { useRelay } from '../harness/relay.js';

const relay = useRelay();

const login = (members: string): string => `{"action":"login_server",${members}}`;

const bad: [string, string, string][] = [
  ['is empty', '', 'not-json'],
  ['is a word', 'hello', 'not-json'],
  ['is cut off', '{"action":"login_server"', 'not-json'],
  ['has something behind its object', '{"action":"login_server","server_code":"X"} x', 'not-json'],
  ['begins with a byte order mark', '\ufeff{"action":"login_server","server_code":"X"}', 'not-json'],
  ['is null', 'null', 'not-an-object'],
  ['is a string', '"login_server"', 'not-an-object'],
  ['is an array', '[{"action":"login_server","server_code":"X"}]', 'not-an-object'],
  ['is an empty object', '{}', 'bad-login'],
  ['has no action', '{"server_code":"X","client_id":"1"}', 'bad-login'],
  ['has an unknown action', '{"action":"login","server_code":"X","client_id":"1"}', 'bad-login'],
  ['has an action in another case', '{"action":"LOGIN_SERVER","server_code":"X"}', 'bad-login'],
  ['has the name of a method as its action', '{"action":"constructor","server_code":"X"}', 'bad-login'],
  ['has a number as its action', '{"action":1,"server_code":"X"}', 'bad-login'],
  ['has an array as its action', '{"action":["login_server"],"server_code":"X"}', 'bad-login'],
  ['has its members in __proto__', '{"__proto__":{"action":"login_server","server_code":"X"}}', 'bad-login'],
  ['changes its action', login('"server_code":"X","action":"x"'), 'bad-login'],
  ['has no code', '{"action":"login_server"}', 'bad-login'],
  ['has a number as its code', login('"server_code":1234'), 'bad-login'],
  ['has null as its code', login('"server_code":null'), 'bad-login'],
  ['has an object as its code', login('"server_code":{"length":4}'), 'bad-login'],
  ['has an array as its code', login('"server_code":["X"]'), 'bad-login'],
  ['is a player without an id', '{"action":"login_client","server_code":"X"}', 'bad-login'],
  ['has a number as its id', '{"action":"login_client","server_code":"X","client_id":467}', 'bad-login'],
  ['has null as its id', '{"action":"login_client","server_code":"X","client_id":null}', 'bad-login'],
  ['is an event of Nest', '{"event":"login_server","data":{"server_code":"X"}}', 'bad-login'],
  ['is nested too deep', login(`"x":${'['.repeat(2_000)}${']'.repeat(2_000)}`), 'too-deep'],
];

test.each(bad)('[L8] a first message that %s disconnects', async (_, payload, ending) => {
  await relay.fenceLog();
  const before = relay.logs.count(ending);
  const connection = await relay.connect();
  connection.send(payload);
  await relay.expectEnded(connection, ending);
  await relay.fenceLog();
  expect(relay.logs.count(ending)).toBe(before + 1);
});

test('[L8] a first message that is not UTF-8 disconnects', async () => {
  const connection = await relay.connect();
  connection.send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]));
  await relay.expectEnded(connection, 'not-json');
});

test('[L8] messages behind a bad first one are not processed', async () => {
  const code = relay.code();
  const connection = await relay.connect();
  connection.send('{}');
  connection.send({ action: 'login_server', server_code: code });
  expect(await connection.closed()).toEqual(silently);
  await relay.host(code);
});
