// Those who want the program and have no project: `npx carparty-relay`, from a tarball or from git.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { within } from '../../harness/deadline.js';
import { projectRoot } from '../../harness/program.js';
import { Command } from '../command.js';
import { ForeignHost, playAParty } from '../foreign-host.js';

/** Milliseconds: all development packages are installed, and the package is built. */
const BUILT_ON_THE_WAY = 400_000;

let empty: string;
beforeAll(() => void (empty = mkdtempSync(join(tmpdir(), 'relay-stranger-'))));
afterAll(() => rmSync(empty, { recursive: true }));

/** Help, version, NATS and a party: all that `npx` promises, by the program that was installed there. */
async function expectProgram(folder: string): Promise<void> {
  const bin = join(folder, 'node_modules/.bin/carparty-relay');
  expect(await new Command(empty, [bin, '--version']).done()).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await new Command(empty, [bin, '-h']).done()).toContain('--max-players-per-room');
  await running([bin, '--port', '0'], async (port) => {
    await playAParty(port, '/');
    expect((await fetch(`http://127.0.0.1:${port}/party`)).status).toBe(200);
  });
  // The client of NATS is there, too: it looks for a server that there is not.
  await running([bin, '--port', '0', '--nats', 'nats://127.0.0.1:9'], async (port) => {
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
  });
}

async function running(words: string[], use: (port: number) => Promise<void>): Promise<void> {
  const command = new Command(empty, words);
  try {
    const line = command.logs.until(({ text }) => /ws:\/\/[^ ]+:\d+/.test(text), 'where the relay listens');
    const early = command.exited.then(() => {
      throw new Error(`it ended instead of listening:\n${command.output}`);
    });
    const { text } = await Promise.race([line, early]);
    await use(Number(/ws:\/\/[^ ]+:(\d+)/.exec(text)?.[1]));
    command.signal('SIGTERM');
    expect(await within(command.exited, 'the program to stop')).toBe(0);
  } finally {
    command.signal('SIGKILL');
  }
}

test('[C10] the tarball alone contains all that the program needs', async () => {
  const { folder } = await ForeignHost.make('program-alone');
  await expectProgram(folder);
});

test('[C10] installed from git, the package builds itself', async () => {
  const origin = join(empty, 'origin');
  mkdirSync(origin);
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'build',
    'pages',
    'src',
  ])
    cpSync(join(projectRoot, name), join(origin, name), { recursive: true });
  const isSource = (path: string): boolean => path !== join(projectRoot, 'client/dist');
  cpSync(join(projectRoot, 'client'), join(origin, 'client'), { recursive: true, filter: isSource });
  const git = ['git', '-c', 'user.name=nobody', '-c', 'user.email=nobody@example.org'];
  for (const words of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '-m', 'all'],
  ])
    await new Command(origin, [...git, ...words]).done();
  const project = join(empty, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true }');
  const install = ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', `git+file://${origin}`];
  await new Command(project, install).done(BUILT_ON_THE_WAY);
  await expectProgram(project);
});
