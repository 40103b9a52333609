/** What all controllers of the relay are in a larger backend, whose ways with its own routes are not theirs. */
import { Controller, SetMetadata, VERSION_NEUTRAL, applyDecorators } from '@nestjs/common';

/** What `ApiExcludeController()` of `@nestjs/swagger` writes, which the relay does not need for anything else. */
export const LEFT_OUT_OF_OPENAPI = 'swagger/apiExcludeController';

/**
 * A controller whose routes have no version, whatever the default version of the backend is, and stay out of its OpenAPI
 * document unless a module is imported with `openApi: true` (C12).
 */
export function RelayController(path = ''): ClassDecorator {
  return applyDecorators(
    Controller({ path, version: VERSION_NEUTRAL }),
    SetMetadata(LEFT_OUT_OF_OPENAPI, [true]),
  );
}
