/** Where the value of an option comes from. */
import { expect, test } from 'vitest';
import { optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions } from '../../../src/config/relay-options.js';
import { optionsFrom } from './typed.js';

test('[C2] without flags, environment and file every option has its default', async () => {
  expect(await optionsFrom({})).toEqual(new ProgramOptions());
  expect(await optionsFrom({})).toMatchObject({ port: 8080, ip: '127.0.0.1', path: '*' });
});

test('[C2] a value in .env wins over the default', async () => {
  expect(await optionsFrom({ file: 'RELAY_PORT=3000\n' })).toMatchObject({ port: 3000, ip: '127.0.0.1' });
});

test('[C2] a value in .env.local wins over .env', async () => {
  const file = 'RELAY_PORT=3000\nRELAY_IP=::1';
  expect(await optionsFrom({ file, localFile: 'RELAY_PORT=2500' })).toMatchObject({ port: 2500, ip: '::1' });
  expect(await optionsFrom({ file, localFile: 'RELAY_PORT=' })).toMatchObject({ port: 3000 });
});

test('[C2] a value in the environment wins over .env.local', async () => {
  const options = await optionsFrom({ environment: { RELAY_PORT: '2000' }, localFile: 'RELAY_PORT=2500' });
  expect(options.port).toBe(2000);
});

test('[C2] a value in the environment wins over .env', async () => {
  const file = 'RELAY_PORT=3000\nRELAY_IP=::1';
  const environment = { RELAY_PORT: '2000' };
  expect(await optionsFrom({ file, environment })).toMatchObject({ port: 2000, ip: '::1' });
});

test('[C2] a flag wins over the environment and .env', async () => {
  const file = 'RELAY_PORT=3000\nRELAY_MAX_DEPTH=7';
  const environment = { RELAY_PORT: '2000', RELAY_IP: '::1' };
  const options = await optionsFrom({ args: ['--port', '1000'], environment, file });
  expect(options).toMatchObject({ port: 1000, ip: '::1', maxDepth: 7 });
});

test('[C2] a flag that says the default wins as well', async () => {
  expect(await optionsFrom({ args: ['-p', '8080'], environment: { RELAY_PORT: '2000' } })).toMatchObject({
    port: 8080,
  });
});

test('[C2] a value that loses is not judged', async () => {
  expect(await optionsFrom({ args: ['-p', '1'], environment: { RELAY_PORT: 'abc' } })).toMatchObject({
    port: 1,
  });
});

test('[C2] an empty value in the environment or in .env counts as not set', async () => {
  const file = 'RELAY_PORT=3000\nRELAY_IP=\nRELAY_PATH=""\nRELAY_MAX_DEPTH= # as it was';
  const options = await optionsFrom({ environment: { RELAY_PORT: '' }, file });
  expect(options).toEqual({ ...new ProgramOptions(), port: 3000 });
});

test('every way to write a flag is understood, and a repeated flag counts as written last', async () => {
  for (const args of [['-p', '81'], ['-p81'], ['--port', '81'], ['--port=81'], ['-p', '80', '--port=81']]) {
    expect(await optionsFrom({ args })).toMatchObject({ port: 81 });
  }
});

test('every option can be set by its flag, and is then what was typed', async () => {
  const options = optionsOf(ProgramOptions);
  const typed = options.map(({ flag, property }) => [flag, property, anotherThan(property)] as const);
  const args = typed.map(([flag, , value]) => `--${flag}=${value}`);
  const read = await optionsFrom({ args });
  for (const [, property, value] of typed) {
    const { type } = options.find((option) => option.property === property)!;
    expect(type.format(Reflect.get(read, property)), property).toBe(value);
  }
});

/** A value that an option may have and does not have by default. */
function anotherThan(property: string): string {
  const standard = Reflect.get(new ProgramOptions(), property) as unknown;
  if (typeof standard === 'number') return String(standard + 1);
  const values: Readonly<Record<string, string>> = {
    ip: '::',
    path: '/ws',
    logFormat: 'json',
    without: 'console,why',
    logLevel: 'verbose',
    controllerUrl: 'https://example.org/{code}',
    allowedOrigins: 'https://example.org',
    nats: 'nats://10.0.0.5:4222,tls://relay:secret@[::1]',
    natsCredentials: 'relay.creds',
    natsCa: 'ca.pem',
    natsCert: 'cert.pem',
    natsKey: 'key.pem',
    natsPrefix: 'other',
    trustProxy: 'loopback',
    operatorToken: 'correct-horse-battery',
  };
  return values[property] ?? `no example for ${property}`;
}

test('the options cannot be changed once they are read', async () => {
  expect(Object.isFrozen(await optionsFrom({}))).toBe(true);
});
