// The tarballs themselves: what publint and "are the types wrong?" find, and what must not be in them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../harness/program.js';
import { Command } from './command.js';
import { pack, type Packed } from './packed.js';

let packed: Packed;
beforeAll(async () => void (packed = await pack()));

const run = (...words: string[]): Promise<string> => new Command(projectRoot, words).done();
const tool = (name: string): string => join(projectRoot, 'node_modules/.bin', name);

test.each(['relay', 'client'] as const)('[C10] publint and attw find no fault with the %s', async (name) => {
  expect(await run(tool('publint'), packed[name], '--strict')).toContain('All good');
  expect(await run(tool('attw'), packed[name], '--no-emoji', '--format', 'table-flipped')).toContain(
    'No problems',
  );
});

test('[C10] the packages contain no source maps, and no file refers to one', async () => {
  for (const tarball of [packed.relay, packed.client]) {
    expect(await run('tar', '-tzf', tarball)).not.toContain('.map\n');
    const text = await run('tar', '-xzOf', tarball, '--wildcards', '*.js', '*.d.ts');
    expect(text).not.toMatch(/^\/\/# sourceMappingURL/m);
  }
});

test('[C10] the public types need only those of the peer dependencies, Node and the relay', () => {
  const needed = packagesOf(join(projectRoot, 'dist/index.d.ts'), new Set());
  const { peerDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    peerDependencies: object;
  };
  const foreign = [...needed].filter((name) => !name.startsWith('node:') && !(name in peerDependencies));
  expect(needed).toContain('@nestjs/common');
  expect(foreign).toEqual([]);
});

/** The packages that a declaration needs, and those that it imports. */
function packagesOf(file: string, seen: Set<string>): Set<string> {
  if (seen.has(file)) return new Set();
  seen.add(file);
  const found = readFileSync(file, 'utf8').matchAll(/(?:from |import |import\()["']([^"']+)["']/g);
  const names = [...found].map(([, name = '']) => name);
  const inside = names.filter((name) => name.startsWith('.'));
  const below = inside.flatMap((name) => [
    ...packagesOf(join(dirname(file), name.replace(/\.js$/, '.d.ts')), seen),
  ]);
  return new Set([...names.filter((name) => !name.startsWith('.')), ...below]);
}
