/** Writes the modules whose types stand in `*.built.d.ts` files: what the relay has compiled in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inProject } from './project.mjs';

export function buildBuilt(pages) {
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  write('http/pages', `PAGES = ${JSON.stringify(pages, undefined, 1)}`);
  write('config/version', `VERSION = ${JSON.stringify(version)}`);
}

function write(name, constant) {
  const file = inProject(`dist/${name}.built.js`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `export const ${constant};\n`);
}
