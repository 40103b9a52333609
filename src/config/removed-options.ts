/** Options of earlier versions, and what takes their place: a user who still sets one should not have to search. */
import { OptionError } from './option-error.js';

const FIXED = 'its value is fixed';
const PAIR = 'the burst follows from the rate';

/** By flag, what to do; it names options by their flags. */
const REMOVED: ReadonlyMap<string, string> = new Map([
  ['max-header-size', `${FIXED} at 8 KiB`],
  ['request-timeout', `${FIXED} at 10 seconds`],
  ['max-fragments', `${FIXED} at 256`],
  ['max-buffered-chunks', `${FIXED} at 2048`],
  ['max-pending-logins', `${FIXED} at 2000`],
  ['pause-outbox', `${FIXED} at 256 KiB`],
  ['flood-timeout', `${FIXED} at 30 seconds`],
  ['no-why', 'use --without=why'],
  ['no-console', 'use --without=console'],
  ['no-metrics', 'use --without=metrics'],
  ['nats-user', 'put user and password into the URL of --nats, as nats://user:password@host'],
  ['nats-password', 'put user and password into the URL of --nats, as nats://user:password@host'],
  ['new-connections-burst', `${PAIR}: 15 seconds of --new-connections-per-second`],
  ['http-requests-burst', `${PAIR}: 15 seconds of --http-requests-per-second`],
  ['failed-logins-burst', `${PAIR}: 2 minutes of --failed-logins-per-minute`],
  ['player-ping-interval', 'it follows from --player-silence'],
  ['host-ping-interval', 'it follows from --host-silence'],
  ['host-byte-rate', 'it is 16 times --player-byte-rate'],
]);

/** How a source names options: as flags, as variables, or as members of an object. */
export type Spelling = (flag: string) => string;

export const asFlag: Spelling = (flag) => `--${flag}`;

export const asVariable: Spelling = (flag) => `RELAY_${flag.toUpperCase().replaceAll('-', '_')}`;

export const asMember: Spelling = (flag) =>
  flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The error for a name that an earlier version knew; undefined for any other name.
 *
 * @param where what follows the name, such as ` in .env`.
 */
export function removedOption(typed: string, spell: Spelling, where = ''): OptionError | undefined {
  for (const [flag, advice] of REMOVED) {
    if (spell(flag) !== typed) continue;
    const text = advice.replace(/--([a-z-]+)/g, (_, name: string) => spell(name));
    return new OptionError(`${typed}${where} is no longer an option: ${text}`);
  }
  return undefined;
}

/** The flags that were removed, for tests. */
export const removedFlags: readonly string[] = [...REMOVED.keys()];
