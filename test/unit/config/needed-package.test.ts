// What is said when a package is missing that only a part of the relay needs.
import { expect, test } from 'vitest';
import { loadFor } from '../../../src/config/needed-package.js';

const missing = (message: string): Promise<unknown> =>
  loadFor('MetricsModule', ['prom-client'], () => Promise.reject(new Error(message)));

test.each([
  "Cannot find package 'prom-client' imported from /a/b.js",
  "Cannot find module 'prom-client'\nRequire stack:\n- /a/b.js",
  "Cannot find module 'prom-client' from 'node_modules/carparty-relay/dist/cjs/index.js'",
])('[C10] a part that is used without its package says in one line what to install: %s', async (message) => {
  await expect(missing(message)).rejects.toThrow(
    /^MetricsModule needs what is not installed: npm install prom-client$/,
  );
});

test('[C10] an error within a package, or of a package that it needs itself, is shown as it is', async () => {
  for (const message of ['out of memory', "Cannot find module 'tdigest'"])
    await expect(missing(message)).rejects.toThrow(message);
});

test('[C10] what is there is loaded', async () => {
  expect(await loadFor('a test', ['nothing'], () => Promise.resolve(5))).toBe(5);
});
