// How much is tried: little on every run of the tests, and as much as one likes by hand.

/**
 * The number of cases of a property. `PROPERTY_RUNS=1000000 npx vitest run test/unit/relay/protocol/validator.test.ts`
 * sets it for all of them.
 */
export const numRuns: number = Number(process.env['PROPERTY_RUNS'] ?? 1_500);

/** How long a property may take, in milliseconds. */
export const timeout: number = 30_000 + 10 * numRuns;
