import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Wire tests wait for real sockets and processes; no test is judged by its speed.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
