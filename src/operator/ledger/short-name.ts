/** Names by which things are found again, of a length that no peer decides. */
import { hash } from 'node:crypto';

/** Characters of a name that is kept as it is: longer ones are not codes and ids that people type. */
const LONGEST = 128;

/** The name itself, or what stands for it: no two names are known that share it. `name` does not begin with `#`. */
export function shortName(name: string): string {
  return name.length <= LONGEST ? name : `#${hash('sha256', name, 'base64')}`;
}
