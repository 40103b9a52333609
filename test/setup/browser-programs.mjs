// Where the browsers of test/pages/browsers are, besides the Chromium that all tests of pages use.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProgram } from './debian-program.mjs';

const cache = resolve(import.meta.dirname, '../../.cache');
const libraries = '/usr/lib';

/** What televisions have that are still sold: a package of npm in which that version is packed. */
export const OLD_CHROMIUMS = [
  { version: 79, archive: 'chrome-aws-lambda@2.0.2' },
  { version: 86, archive: 'chrome-aws-lambda@5.3.1' },
];

/** Where an old Chromium is unpacked to. */
export function oldChromiumFolder(version) {
  return join(cache, `chromium-${version}`);
}

/** The path of that program; undefined if it was not fetched. */
export function findOldChromium(version) {
  const program = join(oldChromiumFolder(version), 'chromium');
  return existsSync(program) ? program : undefined;
}

/** WebKitGTK, its driver and a display for it; undefined if one of the three is missing. */
export function findWebKit() {
  const xvfb = findProgram('Xvfb', 'XVFB');
  const driver = findProgram('WebKitWebDriver', 'WEBKIT_DRIVER');
  const browser = existsSync(libraries)
    ? readdirSync(libraries)
        .map((folder) => join(libraries, folder, 'webkit2gtk-4.1/MiniBrowser'))
        .find(existsSync)
    : undefined;
  return xvfb && driver && browser ? { xvfb, driver, browser } : undefined;
}
