/** The options of a backend that embeds the relay. */
import { expect, test } from 'vitest';
import { ProgramOptions, RelayOptions } from '../../../src/config/relay-options.js';
import { validateOptions } from '../../../src/config/validate-options.js';
import { complaintOf, optionsFrom } from './typed.js';

// What plain JavaScript may hand over, whatever the types say.
const fromJavaScript = (given: object): Partial<RelayOptions> => given;

test('[C6] a backend gives the options it cares about, and the others have their defaults', () => {
  const options = validateOptions({ maxDepth: 5, path: '/relay' });
  expect(options).toBeInstanceOf(RelayOptions);
  expect(options).toEqual({ ...new RelayOptions(), maxDepth: 5, path: '/relay' });
  expect(validateOptions()).toEqual(new RelayOptions());
});

test('[C6] an option that a backend leaves undefined has its default', () => {
  expect(validateOptions(fromJavaScript({ maxDepth: undefined }))).toEqual(new RelayOptions());
});

test('[C6] the object that a backend gave stays as it is, and later changes to it change nothing', () => {
  const given = { maxDepth: 5 };
  const options = validateOptions(given);
  given.maxDepth = 6;
  expect(options.maxDepth).toBe(5);
  expect(Object.isFrozen(given)).toBe(false);
});

test('the options of the program are options of the relay', async () => {
  const options = await optionsFrom({ args: ['--max-depth', '5'] });
  expect(validateOptions(options)).toEqual(options);
  expect(validateOptions(options)).toBeInstanceOf(ProgramOptions);
});

const depth = 'maxDepth must be an integer from 1 to 100000 levels';
const wrong: [object, string | RegExp][] = [
  [{ maxDepth: 0 }, `${depth}, not 0`],
  [{ maxDepth: 1.5 }, `${depth}, not 1.5`],
  [{ maxDepth: NaN }, `${depth}, not NaN`],
  [{ maxDepth: Infinity }, `${depth}, not Infinity`],
  [{ maxDepth: '5' }, `${depth}, not "5"`],
  [{ maxDepth: null }, `${depth}, not null`],
  [{ maxDepth: 5n }, `${depth}, not 5n`],
  [{ maxDepth: { a: { b: 1 } } }, `${depth}, not { a: [Object] }`],
  [{ path: 7 }, 'path must be an absolute path such as /relay, or * for any path, not 7'],
  [
    { allowedOrigins: 'https://a.example' },
    'allowedOrigins must be an array of origins such as https://party.example, not "https://a.example"',
  ],
  [
    { trustProxy: 'loopback' },
    'trustProxy must be an array of addresses, ranges such as 10.0.0.0/8, or the words loopback, linklocal, uniquelocal, not "loopback"',
  ],
  [{ trustProxy: ['10.0.0.1', 7] }, /^trustProxy must be addresses, .*, not 7$/],
  [{ maxDepht: 5 }, 'unknown option "maxDepht" of the relay; did you mean maxDepth?'],
  [{ port: 80 }, 'unknown option "port" of the relay; docs/options.md lists all'],
  [{ zebra: 1 }, 'unknown option "zebra" of the relay; docs/options.md lists all'],
];

test.each(wrong)('[C3] a backend that gives %o gets one line that says so', async (given, line) => {
  const complaint = await complaintOf(() => validateOptions(fromJavaScript(given)));
  if (typeof line === 'string') expect(complaint).toBe(line);
  else expect(complaint).toMatch(line);
});

test('[C3] options that were complete and then tampered with are refused', async () => {
  const tampered = Object.assign(new ProgramOptions(), { port: -1 });
  expect(await complaintOf(() => validateOptions(tampered))).toMatch(/^port must be .*, not -1$/);
});
