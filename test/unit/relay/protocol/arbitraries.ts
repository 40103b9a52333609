// Random JSON as people, libraries and attackers write it, and bytes that are almost JSON.
import fc from 'fast-check';
import { accepted } from './accepted.js';
import { refused } from './refused.js';
import { write, type MemberText, type ObjectText } from './reference.js';

/** White space, mostly none. */
const space = fc.oneof(
  { weight: 5, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 4 }) },
);

/** How one code unit may be spelled in a JSON string. */
function spelling(unit: number): fc.Arbitrary<string> {
  const hex = unit.toString(16).padStart(4, '0');
  return fc.constantFrom(`\\u${hex}`, `\\u${hex.toUpperCase()}`);
}

/** A string literal that decodes to `text`, each of its characters as it is or, now and then, escaped. */
function spelled(text: string): fc.Arbitrary<string> {
  const units = [...text].map((char) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(char) },
      { weight: 1, arbitrary: spelling(char.charCodeAt(0)) },
    ),
  );
  return fc.tuple(...units).map((chars) => `"${chars.join('')}"`);
}

const stringLiteral = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text).slice(1, -1)) },
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => JSON.stringify(text).slice(1, -1)),
      fc.constantFrom(
        '\\"',
        '\\\\',
        '\\/',
        '\\b',
        '\\f',
        '\\n',
        '\\r',
        '\\t',
        '}',
        '{',
        ']',
        ',',
        ':',
        'ä',
        '🚗',
      ),
      fc.integer({ min: 0, max: 0xffff }).chain(spelling),
    ),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`);

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 });
const numberLiteral = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits.map((text) => text.replace(/^0+(?=.)/, '')),
    fc.oneof(
      fc.constant(''),
      digits.map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits).map((parts) => parts.join('')),
    ),
  )
  .map((parts) => parts.join(''));

const key = fc.oneof(
  { weight: 5, arbitrary: stringLiteral },
  { weight: 2, arbitrary: fc.constantFrom('client_id', 'receiver_id').chain(spelled) },
  fc.constantFrom('"__proto__"', '""', '"client_i"', '"client_id "', '"Client_id"', '"action"', '"toString"'),
);

const { value } = fc.letrec<{ value: string; array: string; object: string; member: MemberText }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: stringLiteral },
    { weight: 2, arbitrary: numberLiteral },
    fc.constantFrom('true', 'false', 'null', '[]', '{}'),
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(
      space,
      fc.array(
        fc.tuple(space, tie('value'), space).map((parts) => parts.join('')),
        { maxLength: 4 },
      ),
    )
    .map(([within, items]) => `[${items.length > 0 ? items.join(',') : within}]`),
  member: fc.record({
    before: space,
    key,
    colon: fc.tuple(space, space).map((spaces) => spaces.join(':')),
    value: tie('value'),
    behind: space,
  }),
  object: objectOf(tie('member')).map((object) => write({ ...object, before: '', behind: '' })),
}));

function objectOf(member: fc.Arbitrary<MemberText>): fc.Arbitrary<ObjectText> {
  const members = fc.array(member, { maxLength: 6 });
  return fc.record({ before: space, members, within: space, behind: space });
}

/** A JSON object in its pieces, often with members called `client_id` or `receiver_id` in some spelling. */
export const objectText: fc.Arbitrary<ObjectText> = objectOf(
  fc.record({ before: space, key, colon: fc.constantFrom(':', ' : ', ':\n'), value, behind: space }),
);

/** Any JSON text, mostly an object. */
export const jsonText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: objectText.map(write) },
  { weight: 1, arbitrary: fc.tuple(space, value, space).map((parts) => parts.join('')) },
);

/** One change of some bytes: at a place (as a share of the length) that many are replaced by others. */
const edit = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.constantFrom(0, 0, 1, 1, 1, 2, 5),
  added: fc.oneof(
    fc
      .constantFrom(...'{}[]",:\\/ \t\n\r\v\f\0+-.eE0123456789abtfnu_\u00a0\u2028\ufeff')
      .map((text) => Buffer.from(text)),
    fc
      .constantFrom(
        '',
        '"":',
        '\\u',
        '\\ud800',
        'true',
        'nul',
        '{"a":',
        '"client_id":1',
        ',,',
        '1e',
        '//',
        "'",
      )
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
});

/** Bytes that were JSON, or a case of the corpus, before they were changed in a few places. */
export const almostJson: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.oneof(
      jsonText.map((text) => Buffer.from(text)),
      fc.constantFrom(...accepted, ...refused).map(([, payload]) => payload),
    ),
    fc.array(edit, { minLength: 1, maxLength: 3 }),
  )
  .map(([payload, edits]) =>
    edits.reduce((bytes, { place, removed, added }) => {
      const at = Math.round(place * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
    }, payload),
  );

/** Bytes that have nothing to do with JSON, or no more than its letters. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc
    .string({ unit: fc.constantFrom(...'{}[]",:\\ \n01.-eEtrufalsnä'), maxLength: 24 })
    .map((text) => Buffer.from(text)),
  // In a string, where alone they can be right: every first byte of UTF-8 with what may follow it.
  fc
    .uint8Array({ min: 0x7f, maxLength: 6 })
    .map((bytes) => Buffer.from([...Buffer.from('{"'), ...bytes, ...Buffer.from('":0}')])),
);

/** Ids as a login can bring them: a JSON string may hold lone surrogates. */
export const clientId: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '467123746',
    '"',
    '\\',
    '","client_id":"1',
    '\u0000\n\u001f\u007f',
    '🚗',
    '\ud83d',
    '\u2028',
  ),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    minLength: 1,
    maxLength: 12,
  }),
);
