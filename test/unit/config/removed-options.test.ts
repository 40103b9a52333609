// What stops the start of a program or backend that still sets an option of an earlier version.
import { expect, test } from 'vitest';
import { optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions, type RelayOptions } from '../../../src/config/relay-options.js';
import { asVariable, removedFlags } from '../../../src/config/removed-options.js';
import { validateOptions } from '../../../src/config/validate-options.js';
import { complaintAbout, complaintOf, optionsFrom } from './typed.js';

test('[C3] a removed flag stops the start with one line that says what replaced it', async () => {
  const lines: [string, string][] = [
    ['--no-console', '--no-console is no longer an option: use --without=console'],
    ['--flood-timeout=5', '--flood-timeout is no longer an option: its value is fixed at 30 seconds'],
    ['--host-ping-interval=5', '--host-ping-interval is no longer an option: it follows from --host-silence'],
    [
      '--nats-password=secret',
      '--nats-password is no longer an option: put user and password into the URL of --nats, as nats://user:password@host',
    ],
  ];
  for (const [flag, line] of lines) expect(await complaintAbout({ args: [flag] })).toBe(line);
});

test.each(removedFlags)('[C3] %s is refused as a flag, in the environment and in .env', async (flag) => {
  expect(optionsOf(ProgramOptions).map((option) => option.flag)).not.toContain(flag);
  expect(await complaintAbout({ args: [`--${flag}`, '1'] })).toMatch(/^--\S+ is no longer an option: /);
  const name = asVariable(flag);
  const says = `${name} is no longer an option: `;
  expect(await complaintAbout({ environment: { [name]: '1' } })).toContain(says);
  expect(await complaintAbout({ file: `${name}=1` })).toContain(says.replace(' is', ' in .env is'));
  expect(await optionsFrom({ environment: { [name]: '' } })).toEqual(new ProgramOptions());
});

test('[C3] what replaces a setting is named as a setting, and for a backend as a member', async () => {
  expect(await complaintAbout({ file: 'RELAY_NO_WHY=true' })).toBe(
    'RELAY_NO_WHY in .env is no longer an option: use RELAY_WITHOUT=why',
  );
  const given = { newConnectionsBurst: 600 } as Partial<RelayOptions>;
  expect(await complaintOf(() => validateOptions(given))).toBe(
    'newConnectionsBurst is no longer an option: the burst follows from the rate: 15 seconds of newConnectionsPerSecond',
  );
});

test('[C3] every replacement that is named is an option', async () => {
  const known = optionsOf(ProgramOptions).map(({ flag }) => `--${flag}`);
  for (const flag of removedFlags) {
    const [, advice = ''] = (await complaintAbout({ args: [`--${flag}`] })).split(': ');
    for (const [name] of advice.matchAll(/--[a-z-]+/g)) expect(known).toContain(name);
  }
});
