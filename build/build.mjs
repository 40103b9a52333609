/** `npm run build`: all of `dist/`, and the client's own package in `client/dist/`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { buildBuilt } from './built.mjs';
import { buildCommonJs } from './common-js.mjs';
import { buildClient, buildPages } from './client.mjs';
import { buildProgram } from './program.mjs';
import { inProject } from './project.mjs';
import { stamp } from './stamp.mjs';

/** Rejects if the compiler found an error, which it has told by then. */
async function compile(project) {
  const compiler = inProject('node_modules/typescript/bin/tsc');
  const child = spawn(process.execPath, [compiler, '-p', inProject(project)], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  if (status !== 0) process.exit(1);
}

for (const folder of ['dist', 'client/dist']) rmSync(inProject(folder), { recursive: true, force: true });

const relay = compile('tsconfig.build.json');
await compile('client/tsconfig.json');
await buildClient();
buildBuilt(await buildPages());
await relay;
// npm does so for what it installs, and not for what is unpacked.
chmodSync(inProject('dist/main.js'), 0o755);
await Promise.all([buildCommonJs(), buildProgram()]);
stamp();
