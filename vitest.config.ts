import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { Sequencer } from './test/setup/sequencer.js';

/** The files of the wire suite that are about messages between hosts and players. */
const APART = [
  ...['endings', 'free-code', 'host-messages', 'login', 'notices'],
  ...['order-and-isolation', 'pipelining', 'player-messages', 'stamping'],
];

export default defineConfig({
  // What the build compiles in has no source; tests that run from the source have it from there.
  resolve: {
    alias: [
      { find: /^.*\/pages\.built\.js$/, replacement: join(import.meta.dirname, 'dist/http/pages.built.js') },
      {
        find: /^.*\/version\.built\.js$/,
        replacement: join(import.meta.dirname, 'dist/config/version.built.js'),
      },
    ],
  },
  test: {
    // Files that follow each other in a worker share its modules, and the relay of test/harness/relay.ts. So a module
    // of helpers registers its hooks in a function that each file calls (`useRelay`), and not when it is imported.
    isolate: false,
    // Many tests wait for the relay's own clocks, so more of them than there are cores may run at once.
    maxWorkers: 6,
    sequence: { sequencer: Sequencer },
    // Wire tests wait for real sockets and processes, and no test is judged by its speed. The harness says what it
    // waits for, and loses its patience first (test/harness/deadline.ts).
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'relay',
          include: ['test/**/*.test.ts'],
          // More browsers, more stacks and more projects than a new machine has: `npm run test:browsers`,
          // `npm run test:interop`, `npm run test:foreign`.
          exclude: [
            ...configDefaults.exclude,
            ...['test/pages/browsers/**', 'test/interop/**', 'test/foreign/{hosts,more}/**'],
          ],
        },
      },
      {
        extends: true,
        test: {
          // The protocol does not change when host and players are on different nodes (B2).
          name: 'nodes apart',
          include: APART.map((file) => `test/wire/${file}.test.ts`),
          env: { RELAY_TEST_NODES_APART: 'yes' },
        },
      },
    ],
  },
});
