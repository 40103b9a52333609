/** Names as people count them: a family of four is one sign, and so is a letter with its marks. */

/** In signs, as a reader sees them. */
export const NAME_LENGTH = 12;

/** No sign of any script or emoji has more code points; towers of marks have. */
const SIGN_LENGTH = 16;

/** Controls, and what turns text around. Joiners and tags are not among them: they make one emoji out of several. */
const CONTROLS = /[^\P{C}\p{Cn}\p{Co}\u200c\u200d\u{e0020}-\u{e007f}]|\p{Z}/gu;
/** What leaves nothing to see: marks and joiners with nothing to stand on, fillers, the empty pattern of Braille. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{M}\u2800\s]/gu;

/** A sign for browsers that cannot tell: flags are pairs, marks and joined emoji belong to what is before them. */
const SIGN =
  /(?:\p{Regional_Indicator}{2}|[^])(?:[\p{M}\p{Emoji_Modifier}\u200c\u{e0020}-\u{e007f}]|\u200d\p{Extended_Pictographic}?)*/gu;

/** A name that fits under a car; never empty. */
export function readableName(name: string): string {
  const text = name.replace(CONTROLS, ' ').replace(/ +/g, ' ').trim();
  return text.replace(UNSEEN, '') ? cutName(text).trim() : 'Mystery';
}

/** Not more than fits: whole signs, and no towers. */
export function cutName(text: string): string {
  const kept: string[] = [];
  for (const sign of signsOf(text)) {
    if (kept.length === NAME_LENGTH) break;
    const points = Array.from(sign);
    kept.push(points.length > SIGN_LENGTH ? points.slice(0, SIGN_LENGTH).join('') : sign);
  }
  return kept.join('');
}

function* signsOf(text: string): Iterable<string> {
  // Firefox has it since 2024 only, and televisions have not.
  if ('Segmenter' in Intl) {
    for (const { segment } of new Intl.Segmenter().segment(text)) yield segment;
  } else {
    for (const [sign] of text.matchAll(SIGN)) yield sign;
  }
}
