// npm run test:foreign: all hosts, two at a time, since each keeps a core busy.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/foreign/**/*.test.ts'],
    exclude: ['**/hosts/**'],
    maxWorkers: 2,
    testTimeout: 460_000,
    hookTimeout: 180_000,
  },
});
