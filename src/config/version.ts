/** The version of this package. */
import { VERSION } from '../built/version.built.js';

export function version(): string {
  return VERSION;
}
