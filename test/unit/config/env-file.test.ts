/** The file `.env` and the environment: what is read, what the relay ignores, what is refused. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCommandLine } from '../../../src/config/command-line.js';
import { complaintAbout, complaintOf, optionsFrom } from './typed.js';

test('.env may hold comments, blank lines, quotes, exports, Windows line ends and a byte order mark', async () => {
  const file = [
    '\uFEFFRELAY_PORT=1 # the first line',
    '#RELAY_PATH=/commented',
    '   # RELAY_DEPTH indented',
    '\t',
    '  export  RELAY_IP = "::1"',
    "RELAY_LOG_FORMAT='json'",
  ].join('\r\n');
  expect(await optionsFrom({ file })).toMatchObject({ port: 1, path: '*', ip: '::1', logFormat: 'json' });
});

test('lines of other programs in .env are left alone, and hide none of ours', async () => {
  const file = 'PORT=1\nsome words\nRELAY_PORT=2\n=\nKEY="-----BEGIN\nRELAY\n';
  expect(await optionsFrom({ file })).toMatchObject({ port: 2 });
});

test('variables of other programs in the environment are left alone', async () => {
  const environment = { PORT: '1', MY_RELAY_PORT: '2', RELAY: '3', relay_port: '4' };
  expect(await optionsFrom({ environment })).toMatchObject({ port: 8080 });
});

test('names that begin with RELAY_TEST_ belong to the tests of the project', async () => {
  const environment = { RELAY_TEST_SKIP_NATS: '1' };
  expect(await optionsFrom({ environment, file: 'RELAY_TEST_X=1' })).toMatchObject({ port: 8080 });
});

test('[C3] a mistyped name in the environment is refused, with the name that was meant', async () => {
  expect(await complaintAbout({ environment: { RELAY_PROT: '80' } })).toBe(
    'unknown setting RELAY_PROT in the environment; did you mean RELAY_PORT? --help lists all',
  );
});

test('[C3] a mistyped name in .env is refused, also when it is set to nothing', async () => {
  expect(await complaintAbout({ file: 'RELAY_MAXDEPTH=' })).toBe(
    'unknown setting RELAY_MAXDEPTH in .env; did you mean RELAY_MAX_DEPTH? --help lists all',
  );
});

test.each(['RELAY_PORT', 'RELAY_PORT: 80', 'RELAY_PORT 80', 'export RELAY_PORT'])(
  '[C3] a line of .env that sets nothing is refused: %s',
  async (line) => {
    const complaint = `.env has a line "${line}": it must be RELAY_NAME=value`;
    expect(await complaintAbout({ file: `# ours\n${line}\nRELAY_IP=::1` })).toBe(complaint);
  },
);

test('[C3] a .env in another encoding is refused', async () => {
  expect(await complaintAbout({ file: Buffer.from('\uFEFFRELAY_PORT=80', 'utf16le') })).toBe(
    '.env is not UTF-8 text: it must hold lines of RELAY_NAME=value',
  );
});

test('[C3] a .env that cannot be read is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'carparty-options-'));
  mkdirSync(join(folder, '.env'));
  const complaint = await complaintOf(() => readCommandLine([], {}, folder));
  rmSync(folder, { recursive: true });
  expect(complaint).toBe(`cannot read ${folder}/.env (EISDIR): it must be a readable file or be absent`);
});
