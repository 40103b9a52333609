// What the tests of test/browsers use of browser-programs.mjs.
export const OLD_CHROMIUMS: readonly { version: number; archive: string }[];
export function findOldChromium(version: number): string | undefined;
export function findWebKit(): { xvfb: string; driver: string; browser: string } | undefined;
