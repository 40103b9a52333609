// The balancers of deploy/ for its tests, where they can be had: without one, its tests are left out and say so.
import { findProgram, unpackProgram } from './debian-program.mjs';

const packages = {
  nginx: ['nginx'],
  haproxy: ['haproxy', 'liblua5.3-0', 'libopentracing-c-wrapper0', 'libopentracing1'],
  caddy: ['caddy'],
};

for (const [name, needed] of Object.entries(packages)) {
  const variable = `${name.toUpperCase()}_BIN`;
  if (findProgram(name, variable)) continue;
  console.log(`Unpacking ${name} for the tests of deploy/ into .cache (apt-get download ${name}) ...`);
  if (unpackProgram(name, needed)) continue;
  console.warn(
    `There is no ${name}: its configuration is not tested here (apt-get install ${name}, or ${variable}).`,
  );
  break;
}
