/** Where things lie. */
import { fileURLToPath } from 'node:url';

/** The absolute path of something in the project. */
export function inProject(path) {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
