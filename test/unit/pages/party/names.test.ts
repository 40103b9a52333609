// Names are cut by what a reader counts, on the phone and on the screen: emoji with joiners and letters with marks stay whole.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readFromPhone } from '../../../../pages/party/shared/messages.js';
import { cutName, readableName } from '../../../../pages/party/shared/names.js';

const FAMILY = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
const PRIDE = '\u{1f3f3}\ufe0f\u200d\u{1f308}';
const KISS = '\u{1f469}\u{1f3fd}\u200d\u2764\ufe0f\u200d\u{1f48b}\u200d\u{1f468}\u{1f3ff}';
const ENGLAND = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}';
const MUHAMMAD = '\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f\u064c';
const KHAHAM = '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';

afterEach(() => vi.unstubAllGlobals());

describe.each(['with Intl.Segmenter', 'without it, as before 2024'])('%s', (title) => {
  const isOld = title.startsWith('without');
  const readable = (name: string): string => {
    if (isOld) vi.stubGlobal('Intl', {});
    return readableName(name);
  };

  test.each([FAMILY, PRIDE, KISS, ENGLAND, '\u{1f1e9}\u{1f1ea}', '1\ufe0f\u20e3', 'e\u0301', '\u{1f697}'])(
    '%s counts as one of twelve characters, and is never split',
    (sign) => expect(readable(sign.repeat(20))).toBe(sign.repeat(12)),
  );

  test.each([
    [MUHAMMAD, MUHAMMAD],
    [`${MUHAMMAD} ${MUHAMMAD} ${MUHAMMAD}`, `${MUHAMMAD} ${MUHAMMAD} ${MUHAMMAD.slice(0, 4)}`],
    [KHAHAM, KHAHAM],
    ['\u845b\u{e0100}\u57ce', '\u845b\u{e0100}\u57ce'],
    ['  Mia\n\u202e  of  the Sea  and more', 'Mia of the S'],
    ['\ud800Mia\u0007', 'Mia'],
  ])('%j is shown as %j', (name, shown) => expect(readable(name)).toBe(shown));

  test.each(['', ' \u200b ', '\u200d\u200d', '\u3164', '\u2800', '\ufe0f', '\u0301'])(
    'a name without a visible character, such as %j, becomes a mystery',
    (name) => expect(readable(name)).toBe('Mystery'),
  );

  test('stacked accents do not grow taller than a letter of any script', () => {
    expect(readable(`a${'\u0301'.repeat(10_000)}b`)).toBe(`a${'\u0301'.repeat(15)}b`);
  });
});

test('the page cuts a name while it is typed, and the screen cuts what phones send', () => {
  expect(cutName(` ${FAMILY.repeat(12)}`)).toBe(` ${FAMILY.repeat(11)}`);
  expect(readFromPhone({ type: 'hello', name: PRIDE.repeat(13), colour: 1 })).toMatchObject({
    name: PRIDE.repeat(12),
  });
  expect(readFromPhone({ type: 'hello', name: 7, colour: 1 })).toBeUndefined();
});
