// Dockerfile and compose file cannot run in the tests: what they say is held against the project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProgramOptions } from '../../src/config/relay-options.js';
import { optionsFrom } from '../unit/config/typed.js';
import { Connection } from '../harness/connection.js';
import { connectNotice } from '../harness/notices.js';
import { projectRoot } from '../harness/program.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { kinds } from './balancer.js';
import { makeCleanFolder, removeFolder, startThere } from './clean-folder.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('deploy/compose.yaml');
const defaults = new ProgramOptions();

/** The arguments of each of these instructions, in order. */
function instructions(name: string): string[][] {
  const found = dockerfile.matchAll(new RegExp(`^${name} (.+)$`, 'gm'));
  return [...found].map(([, rest = '']) => rest.split(' '));
}

/** What a YAML block of `NAME: value` lines sets, quotes taken off and variables of the shell filled in. */
function environmentOf(block: string): Record<string, string> {
  const lines = [...block.matchAll(/^ +(RELAY_\w+): (.+)$/gm)];
  const plain = (value: string): string =>
    value.replace(/^(['"])(.*)\1$/, '$2').replace(/\$\{.*\}/, 'a-secret-of-tests');
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, plain(value)]));
}

test('all that the image is built from exists, and is not ignored', () => {
  const letIn = read('.dockerignore').split('\n');
  expect(letIn).toContain('*');
  const sources = instructions('COPY').filter(([first]) => !first?.startsWith('--'));
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources.flatMap((words) => words.slice(0, -1))) {
    expect(existsSync(join(projectRoot, source)), source).toBe(true);
    expect(letIn).toContain(`!${source}`);
  }
});

test('the image runs the built program, not as root, and shows its port', () => {
  expect(instructions('USER')).toEqual([['node']]);
  expect(instructions('EXPOSE')).toEqual([[String(defaults.port)]]);
  expect(instructions('ENTRYPOINT').flat().join(' ')).toBe('["node", "dist/main"]');
  expect(JSON.parse(read('package.json'))).toMatchObject({ bin: { 'carparty-relay': 'dist/main.js' } });
  expect(dockerfile).toContain(`process.env.RELAY_PORT ?? ${defaults.port}}/healthz`);
});

test('every setting in the image and the compose file is an option of the program', async () => {
  const ofImage = instructions('ENV')
    .flat()
    .filter((setting) => setting.startsWith('RELAY_'));
  const image = Object.fromEntries(ofImage.map((setting) => setting.split('=') as [string, string]));
  const options = await optionsFrom({ environment: { ...image, ...environmentOf(compose) } });
  expect(options.ip).toBe('0.0.0.0');
  expect(options.nats).toEqual([expect.stringMatching(/^nats:\/\/relay:.*@nats:4222$/)]);
  const grace = Number(/stop_grace_period: (\d+)s/.exec(compose)?.[1]);
  expect(grace).toBeGreaterThan(options.drainSeconds);
});

test('the balancers lead to the nodes of the compose file, and it publishes the port of its balancer', () => {
  const nodes = [...compose.matchAll(/^ {2}(relay-\d):$/gm)].map(
    ([, name = '']) => `${name}:${defaults.port}`,
  );
  expect(nodes).toHaveLength(3);
  for (const { file } of kinds) {
    const named = [...read(`deploy/${file}`).matchAll(/relay-\d:\d+/g)].map(([name]) => name);
    expect([...new Set(named)], file).toEqual(nodes);
  }
  expect(/ports: \['\d+:(\d+)'\]/.exec(compose)?.[1]).toBe(
    /bind :(\d+)/.exec(read('deploy/haproxy.cfg'))?.[1],
  );
  const balancer = /balancer:[^]*?ipv4_address: ([\d.]+)/.exec(compose)?.[1];
  expect(environmentOf(compose)['RELAY_TRUST_PROXY']).toBe(balancer);
  for (const [, file = ''] of compose.matchAll(/- \.\/(.+?):\//g))
    expect(existsSync(join(projectRoot, 'deploy', file)), file).toBe(true);
});

let folder: string;
beforeAll(() => void (folder = makeCleanFolder()));
afterAll(() => removeFolder(folder));

test('the image holds enough for a party: no development package, no root, no writable folder', async () => {
  const { port, uid, stop } = await startThere(folder);
  expect(uid).not.toBe(0);
  const host = await Connection.open(`ws://127.0.0.1:${port}/`);
  host.send(loginHost('SNEK'));
  await host.fence();
  const player = await Connection.open(`ws://127.0.0.1:${port}/`);
  player.send(loginPlayer('SNEK', '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  for (const path of ['/party', '/healthz', '/readyz'])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status, path).toBe(200);
  expect(await stop()).toBe(0);
});
