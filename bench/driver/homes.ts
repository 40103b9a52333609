/**
 * Where connections come from: a relay's limits per address must see the parties of many homes, and not one
 * home with thousands of parties.
 */

const FIRST = 1 << 16;
const COUNT = 200 << 16;
let next = (process.pid * 7919) % COUNT;

/** An address of loopback that has hardly been used before; undefined, the usual one, where there is but one. */
export function newHome(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const home = FIRST + (next++ % COUNT);
  return `127.${home >> 16}.${(home >> 8) & 255}.${home & 255}`;
}
