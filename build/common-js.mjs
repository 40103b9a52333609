/**
 * The relay for those who cannot load ECMAScript modules: Jest in CommonJS, and TypeScript that resolves as it did
 * before there were any. Node itself loads the modules, also by `require`, so that no process has two relays.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { inProject } from './project.mjs';

/** In one file: Jest takes its time for each. */
export async function buildCommonJs() {
  const dist = inProject('dist');
  const bundle = (input, output) =>
    build({ input, external: /^[^./]/, platform: 'node', output: { ...output, format: 'cjs' } });
  await bundle(`${dist}/config/supported-node.js`, { file: `${dist}/cjs/supported-node.js` });
  await bundle(`${dist}/index.js`, {
    dir: `${dist}/cjs`,
    dynamicImportInCjs: false,
    // What a file imports comes before all that it does, and an old Node would fail there.
    banner: ({ isEntry }) => (isEntry ? "require('./supported-node.js');" : ''),
  });
  copyTypes(dist);
  markAsCommonJs(dist);
}

/** The same declarations once more: those of a CommonJS package have to lie in one. */
export function copyTypes(dist) {
  const seen = new Set();
  const copy = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    mkdirSync(dirname(join(dist, 'cjs', file)), { recursive: true });
    cpSync(join(dist, file), join(dist, 'cjs', file));
    const text = readFileSync(join(dist, file), 'utf8');
    for (const [, path] of text.matchAll(/(?:from |import |import\()["'](\.[^"']+)\.js["']/g)) {
      copy(join(dirname(file), `${path}.d.ts`));
    }
  };
  copy('index.d.ts');
}

export function markAsCommonJs(dist) {
  writeFileSync(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
}
