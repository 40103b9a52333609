/** The built page, read once at the start: nothing else of the disk can ever be asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { Injectable, Logger } from '@nestjs/common';

// The same place for `dist/console/` and, under test, for `src/console/`.
const BUILT = new URL('../../dist/client/console/', import.meta.url);

const PAGE = 'console.html';

@Injectable()
export class ConsoleFiles {
  private readonly files = readBuilt();

  constructor() {
    if (!this.files.has(PAGE)) {
      new Logger('Console').warn('The console is not built and will not be found: npm run build');
    }
  }

  /** @param base where the files of the page are, relative to its own address. */
  page(base: string): string | undefined {
    return this.files.get(PAGE)?.replaceAll('{{base}}', base);
  }

  /** A file that the page needs, by its bare name. */
  asset(name: string): string | undefined {
    return name === PAGE ? undefined : this.files.get(name);
  }
}

function readBuilt(): Map<string, string> {
  try {
    const names = readdirSync(BUILT);
    return new Map(names.map((name) => [name, readFileSync(new URL(name, BUILT), 'utf8')]));
  } catch {
    return new Map();
  }
}
