// Packages that Nest looks for and that this host does not have stay outside: they are missed only when they are used.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

function isMissing(name) {
  if (/^(node:|[./])/.test(name)) return false;
  try {
    require.resolve(name);
    return false;
  } catch ({ code }) {
    return code === 'MODULE_NOT_FOUND';
  }
}

export default {
  input: 'dist/main.js',
  platform: 'node',
  external: isMissing,
  // One file. With several, rolldown needs strictExecutionOrder: Nest's decorators would run before reflect-metadata.
  output: { dir: 'bundle', format: 'esm', codeSplitting: false },
};
