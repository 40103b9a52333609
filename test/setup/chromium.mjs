// Sees to it that the tests of the pages find a browser: on Debian it is installed, elsewhere one line says how.
import { findBrowser, findProgram, HEADLESS, installPackages } from './debian-program.mjs';

if (!findProgram(HEADLESS, 'CHROMIUM') && !process.env.CHROMIUM) {
  console.log(`Installing Chromium for the tests of the pages (apt-get install ${HEADLESS}) ...`);
  installPackages([HEADLESS]);
}
if (!findBrowser()) {
  console.error(
    process.env.CHROMIUM
      ? `CHROMIUM names no program: ${process.env.CHROMIUM}`
      : `The tests need Chromium: apt-get install ${HEADLESS}, or set CHROMIUM to the path of one.`,
  );
  process.exit(1);
}
