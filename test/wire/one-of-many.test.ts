// Rule C15: processes that share a port and know nothing of each other would each have separate parties.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isOneOfMany } from '../../src/config/processes.js';
import { projectRoot } from '../harness/program.js';

const SCRIPT = `
  const cluster = require('node:cluster');
  cluster.setupPrimary({ exec: process.argv[1], args: ['--port', '0'], execArgv: [] });
  cluster.fork().once('exit', (code) => process.exit(code));
`;

test('[C15] a worker of node:cluster without NATS does not start, and says why in one line', async () => {
  const main = join(projectRoot, 'dist/main.js');
  // Elsewhere, since the project's folder may hold a developer's .env.local.
  const run = promisify(execFile)(process.execPath, ['-e', SCRIPT, main], { cwd: tmpdir() });
  const { code, stderr } = await run.then(
    () => ({ code: 0, stderr: '' }),
    (error: { code: number; stderr: string }) => error,
  );
  expect(code).toBe(2);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain('--nats is needed: this process is one of several (node:cluster, pm2 -i)');
});

test.each([
  ['a single process', { isWorker: false }, false],
  ['a worker', { isWorker: true }, true],
  ['one of two of pm2', { isWorker: true, instances: '2', instance: '0' }, true],
  ['all that pm2 has', { isWorker: true, instances: 'max', instance: '0' }, true],
  ['the only one of pm2', { isWorker: true, instances: '1', instance: '0' }, false],
  ['the first that pm2 has forked', { isWorker: false, instances: '2', instance: '0' }, false],
  ['another that pm2 has forked', { isWorker: false, instances: '2', instance: '1' }, true],
])('[C15] whether a process counts as one of many: %s', (_, siblings, expected) => {
  expect(isOneOfMany(siblings)).toBe(expected);
});
