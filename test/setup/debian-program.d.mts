// What the harness uses of debian-program.mjs.
export function findProgram(name: string, variable: string): string | undefined;
export function findBrowser(): string | undefined;
export function unpackProgram(name: string, packages: readonly string[]): boolean;
