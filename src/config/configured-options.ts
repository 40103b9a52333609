/** What the modules of the relay ask for options: there if {@link RelayConfigModule} was imported. */
import type { RelayOptions } from './relay-options.js';

/** A token of our own: a backend may have a namespace `relay` that means something else. */
export const CONFIGURED_OPTIONS = Symbol('the options that RelayConfigModule has read');

/** The options that `RelayModule.forRoot` names win over those that were read, and those over defaults. */
export function merged(
  given: Partial<RelayOptions> = {},
  configured: Partial<RelayOptions> = {},
): Partial<RelayOptions> {
  // As they are, since the class of complete options tells whether they are the program's.
  return Object.keys(given).length === 0 ? configured : { ...configured, ...given };
}
