/** Where things are, seen from the compiled benchmark in `.cache/bench/bench`. */
import { join, resolve } from 'node:path';

const compiled = import.meta.dirname;
const root = resolve(compiled, '../../..');

export const paths = {
  root,
  relay: join(root, 'dist/main.js'),
  peers: join(compiled, 'peers'),
  driver: join(compiled, 'driver/main.js'),
  results: join(root, 'bench/results'),
  readme: join(root, 'bench/README.md'),
  docs: join(root, 'docs'),
};

/** A command as results tell it: where the project lies is nobody's business. */
export function withinProject(command: string): string {
  return command.replaceAll(`${root}/`, '');
}
