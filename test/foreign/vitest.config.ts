// npm run test:foreign: all hosts, one after the other, since each keeps both cores busy.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/foreign/**/*.test.ts'],
    exclude: ['**/hosts/**'],
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
