// The configuration of nats-server in deploy/, before a real one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { natsServerProgram, natsTest } from '../harness/nats-binary.js';
import { projectRoot } from '../harness/program.js';

const config = readFileSync(join(projectRoot, 'deploy/nats-server.conf'), 'utf8');

natsTest('nats-server takes its configuration', () => {
  const [, minor] =
    /v\d+\.(\d+)/.exec(spawnSync(natsServerProgram(), ['-v'], { encoding: 'utf8' }).stdout) ?? [];
  // Servers before 2.10, as Debian's, do not know this line.
  const known = Number(minor) < 10 ? config.replace('sync_interval: always', '') : config;
  const folder = mkdtempSync(join(tmpdir(), 'relay-nats-config-'));
  const file = join(folder, 'nats-server.conf');
  writeFileSync(file, known);
  const { status, stderr } = spawnSync(natsServerProgram(), ['-t', '-c', file], {
    env: { NATS_PASSWORD: 'secret' },
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([0, expect.stringContaining('configuration file')]);
});
