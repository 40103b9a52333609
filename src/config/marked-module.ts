/** Puts marks of a backend on what a module of the relay has, in that backend alone. */
import { type DynamicModule, Module, type ModuleMetadata, SetMetadata, type Type } from '@nestjs/common';
import { LEFT_OUT_OF_OPENAPI } from './relay-controller.js';

/** What `forRoot` and `forRootAsync` of each module of the relay take. */
export interface ModuleMarks {
  /**
   * Class decorators of the backend for what the module brings along (its controllers, or the relay's gateway), such as
   * `[Public(), SkipThrottle()]`: a guard of the backend that looks at the class finds them.
   */
  decorators?: readonly ClassDecorator[];
  /** Whether the routes of the module are part of the backend's OpenAPI document; they are not by default. */
  openApi?: boolean;
}

/**
 * Two backends of one process may want different marks, so each has its own classes, which inherit all but the marks.
 * @param entries providers that get the marks, too: a gateway.
 */
export function marked(
  definition: DynamicModule,
  { decorators = [], openApi = false }: ModuleMarks,
  entries: readonly Type[] = [],
): DynamicModule {
  const marks = [...decorators, ...(openApi ? [SetMetadata(LEFT_OUT_OF_OPENAPI, [false])] : [])];
  if (marks.length === 0) return definition;
  const { module } = definition;
  const providers = partOf(module, 'providers').flatMap((provider) => {
    const entry = entries.find((one) => one === provider);
    if (entry === undefined) return [provider];
    const own = heirOf(entry, marks);
    return [own, { provide: entry, useExisting: own }];
  });
  const heir = heirOf(module, [
    Module({
      imports: partOf(module, 'imports'),
      controllers: partOf(module, 'controllers').map((controller) => heirOf(controller, marks)),
      providers,
      exports: partOf(module, 'exports'),
    }),
  ]);
  return { ...definition, module: heir };
}

function partOf<K extends keyof ModuleMetadata>(module: Type, part: K): NonNullable<ModuleMetadata[K]> {
  return (Reflect.getMetadata(part, module) ?? []) as NonNullable<ModuleMetadata[K]>;
}

/** A class of the same name that is marked, where the other stays as it is. */
function heirOf(parent: Type, marks: readonly ClassDecorator[]): Type {
  const heir = class extends parent {};
  Object.defineProperty(heir, 'name', { value: parent.name });
  for (const mark of marks.toReversed()) mark(heir);
  return heir;
}
