import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/pages/browsers/*.test.ts'],
    // One browser after the other: each keeps the cores busy.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
