// Bugs on demand: any method of the built program throws, once, when a test says so.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { within } from './deadline.js';
import type { OddRelay } from './odd-relay.js';
import { projectRoot } from './program.js';

/** A class of the program, by its file within `dist` and its name. */
export type Target = readonly [file: string, name: string];

/** The program in modules, since the classes of the bundle cannot be reached from outside. */
const main = join(
  dirname(process.env['TEST_PROGRAM'] ?? join(projectRoot, 'dist/main.js')),
  'program/main.js',
);
const root = new URL('../', pathToFileURL(main));

/** Loaded into the relay's process before anything else: makes each method of the classes one that may throw. */
function script(targets: readonly Target[]): string {
  const modules = targets.map(([file, name]) => [new URL(file, root).href, name]);
  return `
    import 'file://${join(projectRoot, 'node_modules/reflect-metadata/Reflect.js')}';
    const all = [];
    let armed;
    for (const [file, name] of ${JSON.stringify(modules)}) {
      const { prototype } = (await import(file))[name];
      for (const [method, { value: real }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
        if (typeof real !== 'function' || method === 'constructor') continue;
        const full = name + '.' + method;
        all.push(full);
        prototype[method] = function (...args) {
          if (armed !== full) return real.apply(this, args);
          armed = undefined;
          process.send({ thrown: full });
          throw new Error('a bug in ' + full);
        };
        // What decorators have noted about the method is found in its prototype.
        Object.setPrototypeOf(prototype[method], real);
      }
    }
    process.on('message', (method) => {
      armed = method;
      process.send({ methods: all });
    });
    process.channel.unref();
  `;
}

/** Surrounds the command of a program whose classes are to have bugs. */
export function sabotage(targets: readonly Target[]): { prefix: string; main: string } {
  const code = Buffer.from(script(targets)).toString('base64');
  return { prefix: `NODE_OPTIONS='--import data:text/javascript;base64,${code}'`, main };
}

/** Remembers whether the bug was met since it was armed. */
export class Saboteur {
  hasThrown = false;
  private method = '';
  private armed: (methods: string[]) => void = () => undefined;

  constructor(private readonly relay: OddRelay) {
    relay.child.on('message', ({ methods, thrown }: { methods?: string[]; thrown?: string }) => {
      // What was armed before may have thrown meanwhile.
      if (thrown === this.method) this.hasThrown = true;
      if (methods !== undefined) this.armed(methods);
    });
  }

  /** The next call of `Class.method` throws, and no other. Resolves with all that could. */
  arm(method: string): Promise<string[]> {
    this.hasThrown = false;
    this.method = method;
    const armed = new Promise<string[]>((resolve) => (this.armed = resolve));
    this.relay.child.send(method);
    return within(armed, `a bug in ${method}`);
  }
}
