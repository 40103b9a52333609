// The program as it is started in production: from a bundle.
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../harness/program.js';

const dist = join(projectRoot, 'dist');
const read = (file: string): string => readFileSync(join(dist, file), 'utf8');

test('node dist/main starts the bundle', () => {
  expect(read('main.js')).toContain("import './bundle/main.js'");
});

test('the bundle contains all libraries except ws, which Nest loads by itself', () => {
  const code = readdirSync(join(dist, 'bundle')).filter((file) => file.endsWith('.js'));
  const from = code.flatMap((file) => [
    ...read(`bundle/${file}`).matchAll(/^import .*from ['"]([^.'"][^'"]*)['"];$/gm),
  ]);
  const packages = new Set(from.map(([, name]) => name).filter((name) => !name?.startsWith('node:')));
  for (const builtin of builtinModules) packages.delete(builtin);
  expect([...packages]).toEqual(['ws']);
});

test('the license of each library lies beside the bundle', () => {
  const licenses = read('bundle/LICENSES.txt').split(/^-{80}$/m);
  for (const name of ['@nestjs/core', 'express', 'rxjs', '@nats-io/nats-core', 'class-validator']) {
    const license = licenses.find((text) => text.trimStart().startsWith(`${name} `)) ?? '';
    expect(license, name).toMatch(/Permission is hereby granted|Apache License/);
  }
});
