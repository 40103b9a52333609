/** The one line that a wrong option ends in. */
import { expect, test } from 'vitest';
import { complaintAbout, type Typed } from './typed.js';

const PORT = 'an integer from 0 to 65535 (0: chosen by the system)';
const IP = 'an IP address such as 127.0.0.1, 0.0.0.0 or ::';
const NATS = 'URLs such as nats://10.0.0.5:4222 or tls://name:password@nats.example, separated by commas';
const PROXIES =
  'addresses, ranges such as 10.0.0.0/8, or the words loopback, linklocal, uniquelocal, separated by commas';
const ORIGINS = 'origins such as https://party.example, separated by commas';

const flags: [string, string][] = [
  ['--port abc', `--port must be ${PORT}, not "abc"`],
  ['--port 70000', `--port must be ${PORT}, not 70000`],
  ['--port -5', `--port must be ${PORT}, not -5`],
  ['--port=', `--port must be ${PORT}, not ""`],
  ['-p 80.5', `--port must be ${PORT}, not "80.5"`],
  ['-p 0x50', `--port must be ${PORT}, not "0x50"`],
  ['-p 1e3', `--port must be ${PORT}, not "1e3"`],
  ['-p 99999999999999999999', `--port must be ${PORT}, not "99999999999999999999"`],
  ['--port', `--port needs a value: ${PORT}`],
  ['--ip --port 80', `--ip needs a value: ${IP}`],
  ['--ip localhost', `--ip must be ${IP}, not "localhost"`],
  ['--ip 127.0.0.256', `--ip must be ${IP}, not "127.0.0.256"`],
  ['--log-format xml', '--log-format must be one of pretty, json, not "xml"'],
  ['--log-level WARN', '--log-level must be one of error, warn, log, debug, verbose, not "WARN"'],
  ['--path relay', '--path must be an absolute path such as /relay, or * for any path, not "relay"'],
  ['--path /a?b', '--path must be an absolute path such as /relay, or * for any path, not "/a?b"'],
  [
    '--max-message-size 1023',
    '--max-message-size must be an integer from 1024 to 104857600 bytes (1 KiB to 100 MiB), not 1023',
  ],
  ['--max-depth 0', '--max-depth must be an integer from 1 to 100000 levels, not 0'],
  ['--max-depth 100001', '--max-depth must be an integer from 1 to 100000 levels, not 100001'],
  ['--nats nats://a,http://b', `--nats must be ${NATS}, not "http://b"`],
  ['--trust-proxy 10.0.0.1,proxy.example', `--trust-proxy must be ${PROXIES}, not "proxy.example"`],
  ['--without why,pages', '--without must be any of why, console, metrics, separated by commas, not "pages"'],
  ['--allowed-origins party.example', `--allowed-origins must be ${ORIGINS}, not "party.example"`],
  ['--prot 80', 'unknown option --prot; did you mean --port? --help lists all'],
  ['--max-mess 1', 'unknown option --max-mess; did you mean --max-message-size? --help lists all'],
  ['--halp', 'unknown option --halp; did you mean --help? --help lists all'],
  ['--colour', 'unknown option --colour; --help lists all'],
  ['-x', 'unknown option -x; --help lists all'],
  ['--toString', 'unknown option --toString; --help lists all'],
  ['start', 'unexpected argument "start"; --help lists all options'],
  ['-- --port', 'unexpected argument "--port"; --help lists all options'],
];

test.each(flags)('[C3] %s stops the start with one line', async (args, line) => {
  expect(await complaintAbout({ args: args.split(' ') })).toBe(line);
});

test('[C3] the line names the setting where the value came from', async () => {
  const inEnvironment: Typed = { environment: { RELAY_PORT: 'abc' }, file: 'RELAY_PORT=80' };
  expect(await complaintAbout(inEnvironment)).toBe(`RELAY_PORT must be ${PORT}, not "abc"`);
  const inFile: Typed = { args: ['-i', '::'], file: 'RELAY_PORT=70000' };
  expect(await complaintAbout(inFile)).toBe(`RELAY_PORT in .env must be ${PORT}, not 70000`);
  const inLocalFile: Typed = { file: 'RELAY_PORT=80', localFile: 'RELAY_PORT=70000' };
  expect(await complaintAbout(inLocalFile)).toBe(`RELAY_PORT in .env.local must be ${PORT}, not 70000`);
  expect(await complaintAbout({ localFile: 'RELAY_PROT=80' })).toMatch(
    /^unknown setting RELAY_PROT in .env.local; /,
  );
});

test('[C3] of several wrong options one is named', async () => {
  expect(await complaintAbout({ args: ['-p', 'a', '-i', 'b'] })).toMatch(/^--(port|ip) must be /);
});

test('[C3] no value breaks the line, steers the terminal or fills the screen', async () => {
  const nasty = '\r\n\u001b[2J\u009b\u2028\u2029\u0000';
  const wrong: Typed[] = [
    { args: ['--ip', nasty] },
    { args: [`--${nasty}`] },
    { args: [nasty] },
    { environment: { [`RELAY_${nasty}`]: '1' } },
    { args: ['--ip', 'a'.repeat(10_000)] },
    { args: [`--${'a'.repeat(10_000)}`] },
    { file: `RELAY_IP${'a'.repeat(10_000)}` },
  ];
  for (const typed of wrong) {
    const line = await complaintAbout(typed);
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(line.length).toBeLessThan(250);
  }
});
