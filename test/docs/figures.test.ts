// Figures in the text are those of the program: defaults of options, and what the client and the files of deploy/ say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FIXED } from '../../src/config/fixed-limits.js';
import { ProgramOptions } from '../../src/config/relay-options.js';
import { projectRoot } from '../harness/program.js';
import { documents } from './documents.js';
import { isMessage } from './names.js';
import { options, optionNames, packageJson } from './known.js';

const defaults = new ProgramOptions();
const textOf = (path: string): string => documents.find((document) => document.path === path)?.text ?? '';
const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

const UNITS: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** `1,024 levels`, `8 KiB`, `10 s` and `127.0.0.1` as the values of options. */
function valueOf(written: string): unknown {
  const [, digits, unit = ''] = /^(\d{1,3}(?:,\d{3})+|\d+)(?: ([a-z]+))?$/i.exec(written) ?? [];
  return digits === undefined ? written : Number(digits.replaceAll(',', '')) * (UNITS[unit] ?? 1);
}

function defaultOf(flag: string): unknown {
  const property = options.find((option) => option.flag === flag)?.property ?? '';
  return Reflect.get(defaults, property);
}

/** What a rule says of the default of an option: ``after `login-timeout` (10 s)``. */
function defaultsIn(rule: string): { flag: string; written: string }[] {
  return [...rule.matchAll(/`(?:--)?([a-z][a-z-]+)`(?: \w+){0,2} \(([^()]+)\)/g)]
    .map(([, flag = '', written = '']) => ({ flag, written }))
    .filter(({ flag, written }) => optionNames.has(flag) && /^[\d.,]+(?: \w+)?$/.test(written));
}

test.each(['SPEC.md', 'README.md', 'SECURITY.md', 'PROTOCOL.md', 'docs/operations.md', 'client/README.md'])(
  'the defaults that stand in %s behind the names of options are those of the options',
  (path) => {
    const said = defaultsIn(textOf(path));
    if (path === 'SPEC.md') expect(said.length).toBeGreaterThan(25);
    expect(said.filter(({ flag, written }) => valueOf(written) !== defaultOf(flag))).toEqual([]);
  },
);

test('defaults are really read', () => {
  const rule =
    'A `max-depth` says (1,024 levels), `ip` (127.0.0.1), `max-login-size` bytes (8 KiB), `nothing` (7).';
  expect(defaultsIn(rule).map(({ flag, written }) => [flag, valueOf(written)])).toEqual([
    ['max-depth', 1024],
    ['ip', '127.0.0.1'],
    ['max-login-size', 8192],
  ]);
});

const { maxDepth, maxMessageSize } = defaults;

/** A sentence with figures in it, and what they are. */
const claims: [path: string, sentence: RegExp, figures: unknown[]][] = [
  [
    'README.md',
    /With Node ([\d.]+), ([\d.]+), 24 or newer/,
    packageJson.engines.node.match(/[\d.]+(?=\.0 \|\|)/g) ?? [],
  ],
  ['README.md', /It listens on `ws:\/\/([\d.]+):(\d+)`/, [defaults.ip, defaults.port]],
  [
    'PROTOCOL.md',
    /A message may be (\d+ MiB) long, and a phone's message may be nested (\d+(?:,\d{3})*) levels/,
    [maxMessageSize, maxDepth],
  ],
  [
    'SECURITY.md',
    /An address learns of (\d+) codes at once and of (\d+) a minute/,
    [defaults.failedLoginsPerMinute * FIXED.guessBurstMinutes, defaults.failedLoginsPerMinute],
  ],
  [
    'docs/operations.md',
    /pings players every (\d+) seconds and hosts every (\d+), and ends\s+peers that are silent for (\d+) and (\d+)/,
    [FIXED.playerPingInterval, FIXED.hostPingInterval, defaults.playerSilence, defaults.hostSilence],
  ],
  ['docs/operations.md', /For (\d+(?:,\d{3})*) peers at once/, [defaults.maxConnections]],
  [
    'docs/operations.md',
    /the files say (\d+)\./,
    [Number(/proxy_read_timeout (\d+)s/.exec(read('deploy/nginx.conf'))?.[1])],
  ],
];

test.each(claims)('the figures in %s of %s are right', (path, sentence, figures) => {
  const [, ...written] = sentence.exec(textOf(path)) ?? [];
  expect(written.map(valueOf)).toEqual(figures);
});

const TEXTS: [path: string, sentence: RegExp][] = [
  [
    'PROTOCOL.md',
    /A code has (\d+(?:,\d{3})*) to (\d+(?:,\d{3})*) bytes.*?, an id (\d+(?:,\d{3})*) to (\d+(?:,\d{3})*)/,
  ],
  [
    'SPEC.md',
    /`server_code` is a string of (\d+(?:,\d{3})*) to (\d+(?:,\d{3})*) bytes.*?, `client_id` a string of (\d+(?:,\d{3})*) to (\d+(?:,\d{3})*)/,
  ],
];

test.each(TEXTS)(
  '[L7] %s says how long codes and ids may be, and longer ones are refused',
  (path, sentence) => {
    const [, ...written] = sentence.exec(textOf(path)) ?? [];
    const [, longestCode = 0, , longestId = 0] = written.map((figure) => Number(valueOf(figure)));
    const isTaken = (code: number, id: number): boolean =>
      isMessage(
        JSON.stringify({ action: 'login_client', server_code: 'a'.repeat(code), client_id: 'b'.repeat(id) }),
      );
    expect([isTaken(1, 1), isTaken(longestCode, longestId)]).toEqual([true, true]);
    expect([isTaken(longestCode + 1, 1), isTaken(1, longestId + 1)]).toEqual([false, false]);
  },
);

describe('SECURITY.md reckons rightly how long codes hold', () => {
  const text = textOf('SECURITY.md');
  const minutes = (letters: number): number => 26 ** letters / 100 / defaults.failedLoginsPerMinute;

  test('with four letters and with six', () => {
    expect(/4 letters that is one hit in (\d+)\s+minutes/.exec(text)?.[1]).toBe(
      String(Math.round(minutes(4))),
    );
    expect(/6 letters one in (\d+) days/.exec(text)?.[1]).toBe(String(Math.round(minutes(6) / 60 / 24)));
  });
});

/** What a table of docs/operations.md says of a file stands in that file. */
const inFiles: [line: RegExp, path: string][] = [
  [
    /^\| `(?:listen|jetstream|sync_interval|max_payload|max_pending|write_deadline|ping_interval|http)[:`].*$/gm,
    'deploy/nats-server.conf',
  ],
  [/^\| \[nginx\.conf\].*$/gm, 'deploy/nginx.conf'],
  [/^\| \[haproxy\.cfg\].*$/gm, 'deploy/haproxy.cfg'],
  [/^\| \[Caddyfile\].*$/gm, 'deploy/Caddyfile'],
];

/** What is said of a file although it is not in it. */
const ADVICE = ['worker_shutdown_timeout', 'stream_close_delay'];

test.each(inFiles)('whatever the lines %s say of a file stands in it', (line, path) => {
  const lines = textOf('docs/operations.md').match(line) ?? [];
  expect(lines.length).toBeGreaterThan(0);
  const isNats = path.includes('nats');
  const said = lines.flatMap((row) => {
    const cells = row.split('|');
    return [...(isNats ? (cells[1] ?? '') : row).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
  });
  const withoutSpaces = (text: string): string => text.replace(/\s+/g, '');
  const file = withoutSpaces(read(path));
  expect(said.filter((code) => !ADVICE.includes(code) && !file.includes(withoutSpaces(code)))).toEqual([]);
});
