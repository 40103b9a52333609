/** What one decorated field is enough for, in all types there are. */
import { expect, test } from 'vitest';
import { readEnvironment } from '../../../src/config/environment.js';
import { readFlags } from '../../../src/config/flags.js';
import { integer, listOf, oneOf } from '../../../src/config/option-types.js';
import { defaultOf, Option, optionsOf } from '../../../src/config/option.decorator.js';
import { ProgramOptions } from '../../../src/config/relay-options.js';
import { valuesOf } from '../../../src/config/sources.js';
import { completeOptions } from '../../../src/config/validate-options.js';
import { complaintOf } from './typed.js';

class Fruit {
  @Option({ group: 'Pages', type: oneOf('green', 'red'), help: 'Whether it is ripe.', short: 'r' })
  readonly ripeness: 'green' | 'red' = 'green';

  @Option({ group: 'Pages', type: listOf('names of colours', /^[a-z]+$/), help: 'Its colours.' })
  readonly colours: readonly string[] = [];

  @Option({
    group: 'Pages',
    type: integer({ min: 10, max: 20, unit: 'seeds', zero: 'off' }),
    help: 'Its seeds.',
  })
  readonly seeds: number = 0;
}

class Apple extends Fruit {
  @Option({ group: 'Listening', type: integer({ min: 0, max: 2048, unit: 'bytes' }), help: 'Its weight.' })
  readonly weight: number = 1536;
}

function typed(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Apple {
  const options = optionsOf(Apple);
  const flags = readFlags(options, args);
  if ('about' in flags) throw new Error('no question was asked');
  const { values, nameOf } = valuesOf(options, [flags, readEnvironment(options, environment)]);
  return completeOptions(Apple, values, nameOf);
}

test('flag and environment name follow from the name of the field, and options stand in the order of their groups', () => {
  expect(optionsOf(Apple).map(({ flag, environmentName }) => [flag, environmentName])).toEqual([
    ['weight', 'RELAY_WEIGHT'],
    ['ripeness', 'RELAY_RIPENESS'],
    ['colours', 'RELAY_COLOURS'],
    ['seeds', 'RELAY_SEEDS'],
  ]);
  expect(optionsOf(Fruit)).toHaveLength(3);
});

test('a list is typed with commas', () => {
  expect(typed(['--colours', 'red, green,,']).colours).toEqual(['red', 'green']);
  expect(typed(['--colours='], { RELAY_COLOURS: 'red' }).colours).toEqual([]);
});

test('a limit may be switched off by a 0 below its range', () => {
  expect(typed(['--seeds', '0']).seeds).toBe(0);
  expect(typed(['--seeds', '10']).seeds).toBe(10);
});

test.each([
  ['-r blue', '--ripeness must be one of green, red, not "blue"'],
  ['--colours=red,Blue', '--colours must be names of colours, separated by commas, not "Blue"'],
  ['--colours=A,red,B', '--colours must be names of colours, separated by commas, not "A", "B"'],
  ['--seeds=9', '--seeds must be 0 (off) or an integer from 10 to 20 seeds, not 9'],
  ['--weight=2049', '--weight must be an integer from 0 to 2048 bytes, not 2049'],
])('[C3] %s is refused', async (flag, line) => {
  expect(await complaintOf(() => typed(flag.split(' ')))).toBe(line);
});

test('defaults are explained where the bare value does not speak', () => {
  const explained = optionsOf(Apple).map((option) => defaultOf(Apple, option).explained);
  expect(explained).toEqual(['1536', 'green', 'none', '0 (off)']);
});

test('every option of the program has its own names, its own short flag, and a default that can be typed', () => {
  const options = optionsOf(ProgramOptions);
  const shorts = [...options.flatMap(({ short }) => short ?? []), 'h', 'V'];
  expect(new Set(options.map(({ flag }) => flag)).size).toBe(options.length);
  expect(new Set(shorts).size).toBe(shorts.length);
  const defaults = new ProgramOptions();
  for (const option of options) {
    const { typed: text } = defaultOf(ProgramOptions, option);
    expect(defaults).toHaveProperty(option.property, option.type.parse(text));
    expect(option.help).toMatch(/^[A-Z].*\.$/);
  }
  expect(completeOptions(ProgramOptions, new Map())).toEqual(defaults);
});
