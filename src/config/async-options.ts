/** What `forRootAsync` of a module must be told, which its type cannot say. */
import { OptionError } from './option-error.js';

/** Where the options of a `forRootAsync` come from: one of them. */
interface AsyncOptions {
  readonly useFactory?: unknown;
  readonly useClass?: unknown;
  readonly useExisting?: unknown;
}

/**
 * Stops the start of a backend that does not say where the options come from: Nest would name neither the module
 * nor what is missing, and defaults in their place would hide the mistake (C3).
 *
 * @throws {OptionError} that names the module and what it wants.
 */
export function expectSource(module: string, options: AsyncOptions | undefined): void {
  if (options?.useFactory ?? options?.useClass ?? options?.useExisting) return;
  throw new OptionError(
    `${module}.forRootAsync needs useFactory, useClass or useExisting; ${module}.forRoot() takes the defaults`,
  );
}
