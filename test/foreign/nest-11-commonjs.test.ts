// The most usual of strangers' backends: Nest 11, CommonJS, compiled by tsc, tested by Jest.
import { beforeAll, expect, test } from 'vitest';
import { ForeignHost } from './foreign-host.js';
import { itIsAHome } from './home.js';

let host: ForeignHost;
beforeAll(async () => void (host = await ForeignHost.make('nest-11-commonjs')));

itIsAHome(() => host);

test('[C10] Jest with ts-jest loads the relay into a testing module without any configuration', async () => {
  expect(await host.run('npx', 'jest')).toContain('1 passed');
});
