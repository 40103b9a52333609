/** The version of this package. */
import { VERSION } from './version.built.js';

export function version(): string {
  return VERSION;
}
