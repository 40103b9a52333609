import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Wire tests wait for real sockets and processes; no test is judged by its speed.
    // Many of them wait for the relay's own clocks, so more of them than there are cores may run at once.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
