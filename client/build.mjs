/**
 * Builds what the relay serves: `client.js` in one file, the party page that uses it, and the console.
 *
 * The types and the separate modules of the client come from `tsc -p client/tsconfig.json`; this adds the bundles.
 */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = process.argv[2] ?? here('../dist/client');

/** Televisions of 2021, which get no newer browser: what they do not know is written out in what they know. */
const transform = { target: 'es2019' };

await build({
  input: here('src/index.ts'),
  transform,
  output: { file: `${target}/client.js`, format: 'esm', minify: true },
});

for (const page of ['screen', 'phone', 'waiting']) {
  await build({
    input: here(`party/${page}/main.ts`),
    // The page loads the client as every other page does: from the relay.
    external: ['carparty-relay/client'],
    transform,
    output: {
      file: `${target}/party/${page}.js`,
      format: 'esm',
      minify: true,
      paths: { 'carparty-relay/client': '../../client.js' },
    },
    tsconfig: false,
  });
}

await build({
  input: here('console/main.ts'),
  output: { file: `${target}/console/console.js`, format: 'esm', minify: true },
  tsconfig: false,
});

for (const folder of ['party', 'console']) {
  mkdirSync(`${target}/${folder}`, { recursive: true });
  for (const name of readdirSync(here(folder))) {
    if (/\.(html|css|svg|js)$/.test(name)) cpSync(here(`${folder}/${name}`), `${target}/${folder}/${name}`);
  }
}
