/** Bundles what browsers load: `client.js`, the party page that uses it, and the console. */
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { build } from 'rolldown';
import { copyTypes, markAsCommonJs } from './common-js.mjs';
import { plainMembers } from './plain-members.mjs';
import { inProject } from './project.mjs';

const PACKAGE = inProject('client/dist');

/**
 * Televisions of 2021, which get no newer browser: what they do not know is written out in what they know. Not with
 * `pureGetters`: the compiler would then call `navigator.vibrate?.(20)` without `navigator`, which browsers refuse.
 */
const transform = { target: 'es2019', assumptions: { noDocumentAll: true, setPublicClassFields: true } };

/**
 * Adds to the modules of the client, which the compiler has written, the client in one file, and the client for
 * CommonJS; the relay's package gets the same as `carparty-relay/client`.
 */
export async function buildClient() {
  const input = `${PACKAGE}/index.js`;
  await build({
    input,
    transform,
    plugins: [plainMembers()],
    output: { file: `${PACKAGE}/client.js`, format: 'esm', minify: true },
  });
  await build({ input, output: { file: `${PACKAGE}/cjs/index.js`, format: 'cjs' } });
  copyTypes(PACKAGE);
  markAsCommonJs(PACKAGE);
  cpSync(PACKAGE, inProject('dist/client'), { recursive: true });
}

/** What the relay serves, by its path below `pages/`. */
export async function buildPages() {
  const pages = { 'client.js': readFileSync(`${PACKAGE}/client.js`, 'utf8') };
  for (const page of ['screen', 'phone', 'waiting']) {
    pages[`party/${page}.js`] = await bundle(`pages/party/${page}/main.ts`, { transform });
  }
  pages['console/console.js'] = await bundle('pages/console/main.ts');
  for (const folder of ['pages/party', 'pages/console']) {
    for (const name of readdirSync(inProject(folder))) {
      if (!/\.(html|css|svg|js)$/.test(name)) continue;
      pages[`${folder}/${name}`.slice('pages/'.length)] = readFileSync(
        inProject(`${folder}/${name}`),
        'utf8',
      );
    }
  }
  return pages;
}

/** One script, which loads the client as every other page does: from the relay. */
async function bundle(path, options) {
  const { output } = await build({
    ...options,
    input: inProject(path),
    external: ['carparty-relay/client'],
    output: { format: 'esm', minify: true, paths: { 'carparty-relay/client': '../../client.js' } },
    tsconfig: false,
    write: false,
  });
  return output[0].code;
}
