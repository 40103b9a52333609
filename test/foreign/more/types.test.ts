// Each way in which TypeScript finds the types of a package, as strictly as it can be.
import { beforeAll, expect, test } from 'vitest';
import { ForeignHost } from '../foreign-host.js';

let host: ForeignHost;
beforeAll(async () => void (host = await ForeignHost.make('types-of-nest-11')));

const ways: [module: string, resolution: string, file: string][] = [
  ['commonjs', 'node10', 'commonjs/game.ts'],
  ['node16', 'node16', 'commonjs/game.ts'],
  ['node16', 'node16', 'modules/game.ts'],
  ['nodenext', 'nodenext', 'commonjs/game.ts'],
  ['nodenext', 'nodenext', 'modules/game.ts'],
  ['esnext', 'bundler', 'modules/game.ts'],
];

test.each(ways)(
  '[C10] the types resolve with module %s, moduleResolution %s: %s',
  async (module, resolution, file) => {
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false', '--noEmit'];
    const decorators = ['--experimentalDecorators', '--emitDecoratorMetadata', '--target', 'es2023'];
    const way = ['--module', module, '--moduleResolution', resolution];
    expect(await host.run('npx', 'tsc', ...strict, ...decorators, ...way, file)).toBe('');
  },
);
