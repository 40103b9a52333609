/**
 * The built pages, compiled in: nothing is read from the disk, so that the relay also works where its files do not lie
 * beside it (in a bundle, in Jest), and nothing else of the disk can ever be asked for.
 */
import { PAGES } from './pages.built.js';

/** The files of a folder of `pages/`, by their bare names. */
export function builtFiles(folder: 'party' | 'console'): ReadonlyMap<string, Buffer> {
  const inside = Object.entries(PAGES).filter(([path]) => path.startsWith(`${folder}/`));
  return new Map(inside.map(([path, text]) => [path.slice(folder.length + 1), Buffer.from(text)]));
}

/** The client for browsers, in one file. */
export function builtClient(): Buffer | undefined {
  const text = PAGES['client.js'];
  return text === undefined ? undefined : Buffer.from(text);
}
