/** `npm run dev`: compiles each change, and starts the relay again. */
import { spawn } from 'node:child_process';
import './build.mjs';
import { inProject } from './project.mjs';

const compiler = inProject('node_modules/typescript/bin/tsc');
const project = ['-p', inProject('tsconfig.build.json'), '--watch', '--preserveWatchOutput'];
const children = [
  [compiler, ...project],
  ['--watch', inProject('dist/main.js'), ...process.argv.slice(2)],
].map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));
for (const child of children) child.once('exit', () => children.forEach((other) => other.kill()));
