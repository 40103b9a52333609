// Fault 10: codes and ids that are made to fake or to disturb the log.
import { describe, expect, test } from 'vitest';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';

const names: [string, string][] = [
  ['CR and LF', '\r\nERROR forged'],
  ['ESC and its one-byte form', '\u001b[2J\u009b2J'],
  ['line and paragraph separator', '\u2028\u2029\u0085'],
  ['what turns the direction of writing', '\u202e\u2066\u200f\u061c'],
  ['NUL, BEL and DEL', '\u0000\u0007\u007f'],
  ['quotes, backslashes and JSON', '"}\\n{"level":"error","message":"forged"}'],
  ['placeholders of printf', '%s%o%c%j{}'],
  ['half a character at the cut', `${'x'.repeat(63)}😀`.slice(0, 64)],
];

/** Names of 64 bytes and of 128, which is as long as they may be. */
function long(name: string, bytes: number): string {
  const filler = Buffer.from(name.repeat(bytes)).subarray(0, bytes).toString().replaceAll('\ufffd', '');
  return filler.padEnd(Math.max(1, filler.length));
}

describe.each(['pretty', 'json'])('as %s', (format) => {
  const relay = useRelay('--log-format', format);

  test.each(names)('[E7] %s in codes and ids stay within their log line', async (_, name) => {
    const before = relay.logs.lines.length;
    const code = long(name, 64);
    const host = await relay.host(code);
    const player = await relay.player(host, long(name, 128));
    const again = await relay.connect();
    again.send(loginHost(code));
    await again.closed();
    const lost = await relay.connect();
    lost.send(loginPlayer(`${code.slice(1)}`, name));
    await lost.closed();
    player.send('oops');
    await player.closed();
    await host.leave();
    const last = await relay.host();
    await relay.logs.until(({ raw }) => raw.includes(last.code), 'the last room');
    // But for those that tell of other tests.
    const lines = relay.logs.lines
      .slice(before)
      .filter(({ text }) => !/ROOM\d{4} |Connection \d/.test(text))
      .map(({ raw }) => raw);
    // Two logins, two refusals and two endings.
    expect(lines).toHaveLength(6);
    for (const line of lines) {
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
      expect(line.length).toBeLessThan(2_500);
      if (format === 'json') expect(JSON.parse(line)).toMatchObject({ context: 'Relay' });
    }
  });
});
