/** The version that package.json had when the relay was built; `build/built.mjs` writes the module. */
export declare const VERSION: string;
