// What the style sheets must not rely on, since only some browsers do it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../harness/program.js';

interface Rule {
  readonly file: string;
  readonly selector: string;
  readonly text: string;
}

/** The rules of all sheets below that folder of pages/, but for those in a block that asks for a feature. */
function rulesOf(folder: string): Rule[] {
  const path = join(projectRoot, 'pages', folder);
  return readdirSync(path)
    .filter((file) => file.endsWith('.css'))
    .flatMap((file) => {
      const text = readFileSync(join(path, file), 'utf8')
        .replace(/\/\*[^]*?\*\//g, '')
        .replace(/@supports[^{]*\{([^{}]*\{[^{}]*\})*\s*\}/g, '');
      return [...text.matchAll(/([^{}]*)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({
        file,
        selector: selector.trim(),
        text: body,
      }));
    });
}

/** Firefox and WebKit leave a flex-basis out when they ask how wide a box wants to be: what is beside it is cut off. */
test.each(['party', 'console'])('no box of %s has only a flex-basis for its width', (folder) => {
  const rules = rulesOf(folder);
  expect(rules.length).toBeGreaterThan(30);
  const bare = rules.filter(
    ({ text }) =>
      /flex: *0 0 [\d.]+(em|rem|px)|flex-basis: *[\d.]+(em|rem|px)/.test(text) && !/[^-]width:/.test(text),
  );
  expect(bare).toEqual([]);
});

/** By the tables of MDN: younger than Chrome 79, and without it a page is not merely plainer. */
const YOUNGER = /:has\(|:is\(|:where\(|\binset:|[^-]aspect-ratio:|color-mix\(|@layer|@container|^\s*&/m;

test('the layout of the party page uses what browsers of 2020 know, unless it checks first', () => {
  const bad = rulesOf('party').filter(({ selector, text }) => YOUNGER.test(selector) || YOUNGER.test(text));
  expect(bad).toEqual([]);
});
