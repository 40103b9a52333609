// Those who want the program and have no project: `npx carparty-relay`, from a tarball or from git.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../harness/program.js';
import { Command } from '../command.js';
import { ForeignHost, playAParty } from '../foreign-host.js';

let empty: string;
beforeAll(() => void (empty = mkdtempSync(join(tmpdir(), 'relay-stranger-'))));
afterAll(() => rmSync(empty, { recursive: true }));

/** Help, version, a party, and all that `npx` promises, by the program that was installed there. */
async function expectProgram(folder: string): Promise<void> {
  const bin = join(folder, 'node_modules/.bin/carparty-relay');
  expect(await new Command(empty, [bin, '--version']).done()).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(await new Command(empty, [bin, '-h']).done()).toContain('--max-players-per-room');
  const command = new Command(empty, [bin, '--port', '0', '--nats', 'nats://127.0.0.1:9']);
  try {
    const { text } = await command.logs.until(({ text }) => text.startsWith('Listening on'), 'a start line');
    const port = Number(/:(\d+)\./.exec(text)?.[1]);
    expect((await fetch(`http://127.0.0.1:${port}/party`)).status).toBe(200);
    // Its client of NATS is there, too: it looks for the server that there is not.
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
  } finally {
    command.signal('SIGKILL');
  }
  const alone = new Command(empty, [bin, '--port', '0']);
  try {
    const { text } = await alone.logs.until(({ text }) => text.startsWith('Listening on'), 'a start line');
    await playAParty(Number(/:(\d+)\./.exec(text)?.[1]), '/');
    alone.signal('SIGTERM');
    expect(await alone.exited).toBe(0);
  } finally {
    alone.signal('SIGKILL');
  }
}

test('[C10] the tarball alone brings all that the program needs', async () => {
  const { folder } = await ForeignHost.make('program-alone');
  await expectProgram(folder);
});

test('[C10] from git the package is built on its way', async () => {
  const origin = join(empty, 'origin');
  mkdirSync(origin);
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'build',
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
  await new Command(project, install).done();
  await expectProgram(project);
});
