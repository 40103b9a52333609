// Sees to it that the tests of many nodes find a nats-server; before all tests, so that no two of them download it.
import { findProgram, unpackProgram } from './debian-program.mjs';

const find = () => findProgram('nats-server', 'NATS_SERVER_BIN');

if (process.env.RELAY_TEST_SKIP_NATS === '1') {
  console.warn('RELAY_TEST_SKIP_NATS=1: NOTHING is tested about relays of many nodes.');
} else if (!find()) {
  const isNamed = Boolean(process.env.NATS_SERVER_BIN);
  if (!isNamed) {
    console.log(
      'Unpacking nats-server for the tests of many nodes into .cache (apt-get download nats-server) ...',
    );
    unpackProgram('nats-server', ['nats-server']);
  }
  if (!find()) {
    console.error(
      isNamed
        ? `NATS_SERVER_BIN names no program: ${process.env.NATS_SERVER_BIN}`
        : 'The tests need nats-server: apt-get install nats-server, or set NATS_SERVER_BIN to the path of one ' +
            '(RELAY_TEST_SKIP_NATS=1 leaves out the tests of many nodes).',
    );
    process.exit(1);
  }
}
