/** Packages that only a part of the relay needs: loaded when it is used, and missed in one line. */
import { OptionError } from './option-error.js';

/**
 * @param user what needs the packages, as an operator or a backend knows it.
 * @throws {OptionError} (as a rejection) if one of them is not installed.
 */
export async function loadFor<T>(
  user: string,
  packages: readonly string[],
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error, packages)) throw error;
    throw new OptionError(`${user} needs what is not installed: npm install ${packages.join(' ')}`);
  }
}

/** The words are those of Node and of Jest, for `import` and for `require`. */
function isMissing(error: unknown, packages: readonly string[]): boolean {
  if (!(error instanceof Error)) return false;
  const name = /Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1];
  return name !== undefined && packages.includes(name);
}
