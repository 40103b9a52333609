// Fault 9: several hosts that claim one code at the same moment.
import { expect, test } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, useRelay } from '../harness/relay.js';

const relay = useRelay();

const CLAIMANTS = 3;

/** Each claims the code in the segment of its upgrade request. Returns how many got it. */
async function race(code: string): Promise<number> {
  const hosts = await Promise.all(Array.from({ length: CLAIMANTS }, () => relay.rawConnect()));
  for (const host of hosts) host.write(upgradeRequest(), clientFrame(loginHost(code)));
  await Promise.all(hosts.map((host) => host.head()));
  for (const host of hosts) host.write(clientFrame('who is there', { opcode: opcode.ping }));
  const answers = await Promise.all(hosts.map((host) => host.frame()));
  for (const host of hosts) host.vanish();
  return answers.filter(({ opcode: code }) => code === opcode.pong).length;
}

test('[L13] 1,000 times several hosts claim one code at once, and each time exactly one gets it', async () => {
  const before = relay.logs.count('code-taken');
  for (let round = 0; round < 1_000; round += 10) {
    const winners = await Promise.all(Array.from({ length: 10 }, () => race(relay.code())));
    expect(winners).toEqual(winners.map(() => 1));
  }
  // The log is complete when it tells of a later login.
  const { code } = await relay.host();
  await relay.logs.until(({ text }) => text.includes(code), 'the last room');
  expect(relay.logs.count('code-taken') - before).toBe(1_000 * (CLAIMANTS - 1));
});
