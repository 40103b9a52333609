/** Which Node is new enough. */

/** What package.json names, too: from here on Node loads ECMAScript modules also by `require`. */
const OLDEST: Readonly<Record<number, number>> = { 20: 19, 22: 12 };

/** What is wrong with a version of Node, in one line; undefined if nothing is. */
export function complaintAbout(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = minor >= (OLDEST[major] ?? (major > 22 ? 0 : Infinity));
  return isEnough ? undefined : `needs Node 20.19, 22.12 or newer, and this is Node ${version}`;
}
