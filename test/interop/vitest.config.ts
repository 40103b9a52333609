// npm run test:interop: one relay, and one client after the other, since a browser keeps the cores busy.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/interop/*.test.ts'],
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
