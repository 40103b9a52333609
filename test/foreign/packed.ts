// The packages as they would be published, made from what was built.
import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../harness/program.js';

/** Where foreign hosts are made, and kept for the next time. */
export const cache = join(projectRoot, '.cache/foreign');

const run = promisify(execFile);

/** Paths of tarballs. */
export interface Packed {
  readonly relay: string;
  readonly client: string;
}

let packed: Promise<Packed> | undefined;

export function pack(): Promise<Packed> {
  packed ??= packBoth();
  return packed;
}

async function packBoth(): Promise<Packed> {
  // Each worker of the tests makes its own, and moves it in one step: half a tarball is of no use to another.
  const folder = join(cache, `packing-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const args = ['pack', '--workspaces', '--include-workspace-root', '--ignore-scripts', '--json'];
  const { stdout } = await run('npm', [...args, '--pack-destination', folder], { cwd: projectRoot });
  const made = JSON.parse(stdout) as { name: string; filename: string }[];
  const moved = (wanted: string): string => {
    const filename = made.find(({ name }) => name === wanted)?.filename;
    if (filename === undefined) throw new Error(`npm did not pack ${wanted}: ${stdout}`);
    renameSync(join(folder, filename), join(cache, filename));
    return join(cache, filename);
  };
  const both = { relay: moved('carparty-relay'), client: moved('carparty-relay-client') };
  rmdirSync(folder);
  return both;
}
