/**
 * The program in a few files instead of a thousand modules, each of which Node would have to look for: it starts in
 * half the time. `dist/main.js` starts it. The modules stay in `dist/` for backends that import the relay.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { inProject } from './project.mjs';

/** Nest's WsAdapter loads it by itself, and it must exist once. */
const external = ['ws'];

export async function buildProgram() {
  const dist = inProject('dist');
  const { output } = await build({
    input: join(dist, 'program/main.js'),
    platform: 'node',
    external,
    // What Nest loads only if a backend has it, as its microservices, is not there.
    onLog: (level, log, report) => log.code === 'UNRESOLVED_IMPORT' || report(level, log),
    output: { dir: join(dist, 'bundle'), format: 'esm', chunkFileNames: '[name].js' },
  });
  const main = readFileSync(join(dist, 'main.js'), 'utf8');
  writeFileSync(join(dist, 'main.js'), main.replace('./program/main.js', './bundle/main.js'));
  const folders = new Set(output.flatMap(({ moduleIds = [] }) => moduleIds.flatMap(packageOf)));
  writeFileSync(join(dist, 'bundle/LICENSES.txt'), licensesOf([...folders].sort()));
}

/** The folder of the package that a module belongs to; none for the relay's own. */
function packageOf(id) {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
  return folder ? [folder] : [];
}

/** Who copies a package has to copy its license. */
function licensesOf(folders) {
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8')}`;
    return `${name} ${version}: ${license}\n${text}`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
