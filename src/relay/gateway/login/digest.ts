/** How the relay remembers a key: it keeps no secret that could leak (R7). */
import { createHash } from 'node:crypto';

export function digestOf(key: string | undefined): string | undefined {
  return key === undefined ? undefined : createHash('sha256').update(key).digest('base64');
}
