/** Writes the modules whose types stand in `src/built/`: what the relay has compiled in. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inProject } from './project.mjs';

export function buildBuilt(pages) {
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  mkdirSync(inProject('dist/built'), { recursive: true });
  write('pages', `PAGES = ${JSON.stringify(pages, undefined, 1)}`);
  write('version', `VERSION = ${JSON.stringify(version)}`);
}

function write(name, constant) {
  writeFileSync(inProject(`dist/built/${name}.built.js`), `export const ${constant};\n`);
}
