// The browsers that the pages are tested in; `npm run test:browsers` sees to it that they are there.
import { findBrowser, findProgram } from '../../setup/debian-program.mjs';
import { findOldChromium, findWebKit, OLD_CHROMIUMS } from '../../setup/browser-programs.mjs';
import { startChromium } from './chromium.js';
import type { Driver } from './driver.js';
import { startFirefox } from './firefox.js';
import { startWebKit } from './webkit.js';

export interface Browser {
  readonly name: string;
  readonly start: () => Promise<Driver>;
}

export const BROWSERS: readonly Browser[] = [
  { name: 'Chromium', start: () => startChromium(sure(findBrowser())) },
  ...OLD_CHROMIUMS.map(({ version }) => ({
    name: `Chromium ${version}`,
    start: () => startChromium(sure(findOldChromium(version)), true),
  })),
  { name: 'Firefox', start: () => startFirefox(sure(findProgram('firefox-esr', 'FIREFOX'))) },
  { name: 'WebKit', start: () => startWebKit(sure(findWebKit())) },
];

/** The newest of each engine, as rows of a test. */
export const ENGINES = BROWSERS.filter(({ name }) => /^\w+$/.test(name)).map(
  ({ name, start }) => [name, start] as const,
);

function sure<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('The browser is missing: npm run test:browsers fetches it.');
  return found;
}
