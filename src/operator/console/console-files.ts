/** The built page of the console. */
import { Injectable } from '@nestjs/common';
import { builtFiles } from '../../http/built-files.js';

const PAGE = 'console.html';

@Injectable()
export class ConsoleFiles {
  private readonly files = builtFiles('console');

  /** @param base where the files of the page are, relative to its own address. */
  page(base: string): string | undefined {
    return this.files.get(PAGE)?.toString().replaceAll('{{base}}', base);
  }

  /** A file that the page needs, by its bare name. */
  asset(name: string): string | undefined {
    return name === PAGE ? undefined : this.files.get(name)?.toString();
  }
}
