// Sees to it that the tests of the pages in other browsers find them: from Debian's packages, and from npm's.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { findOldChromium, findWebKit, OLD_CHROMIUMS, oldChromiumFolder } from './browser-programs.mjs';
import { findProgram, installPackages } from './debian-program.mjs';

const isComplete = () => findProgram('firefox-esr', 'FIREFOX') && findWebKit();

if (!isComplete()) {
  const packages = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];
  console.log(
    `Installing Firefox and WebKit for the tests of the pages (apt-get install ${packages.join(' ')}) ...`,
  );
  installPackages(packages);
  if (!isComplete()) {
    console.error(`The tests need Firefox and WebKit: apt-get install ${packages.join(' ')}.`);
    process.exit(1);
  }
}
for (const { version, archive } of OLD_CHROMIUMS) {
  if (findOldChromium(version)) continue;
  console.log(`Unpacking Chromium ${version} into .cache (npm pack ${archive}) ...`);
  unpackChromium(oldChromiumFolder(version), archive);
}

/** The package has the program as a Brotli file, since it is made for servers that count each megabyte. */
function unpackChromium(folder, archive) {
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  run('npm', ['pack', '--silent', archive], half);
  const [packed] = readdirSync(half);
  run('tar', ['-xzf', packed, '--strip-components=2', 'package/bin/chromium.br'], half);
  writeFileSync(join(half, 'chromium'), brotliDecompressSync(readFileSync(join(half, 'chromium.br'))));
  chmodSync(join(half, 'chromium'), 0o755);
  for (const name of [packed, 'chromium.br']) rmSync(join(half, name));
  renameSync(half, folder);
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) return;
  console.error(`${command} ${args.join(' ')} failed: the tests need the Chromiums of old televisions.`);
  process.exit(1);
}
