/** The pages and scripts that the relay serves, by their path below `pages/`; `build/built.mjs` writes the module. */
export declare const PAGES: Readonly<Record<string, string>>;
