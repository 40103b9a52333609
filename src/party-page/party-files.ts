/** The built pages, read once at the start: nothing else of the disk can ever be asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { Injectable, Logger } from '@nestjs/common';

// The same place for `dist/party-page/` and, under test, for `src/party-page/`.
const BUILT = new URL('../../dist/client/', import.meta.url);

@Injectable()
export class PartyFiles {
  /** What other pages import; undefined if it was not built. */
  readonly client: Buffer | undefined = readIfBuilt('client.js');
  private readonly files = readFolder('party/');

  constructor() {
    if (this.client === undefined) {
      new Logger('PartyPage').warn('The party page is not built and will not be found: npm run build');
    }
  }

  /** A file of `client/party/`, by its bare name. All answers are of the same bytes: who does not read them holds no copy. */
  find(name: string): Buffer | undefined {
    return this.files.get(name);
  }

  /** A page with its `{{placeholders}}` filled in; the values may be anybody's text. */
  fill(name: string, values: Readonly<Record<string, string>>): string | undefined {
    return this.find(name)
      ?.toString()
      .replace(/\{\{(\w+)\}\}/g, (_, key: string) => escapeHtml(values[key] ?? ''));
  }
}

function readFolder(folder: string): Map<string, Buffer> {
  try {
    const names = readdirSync(new URL(folder, BUILT));
    return new Map(names.map((name) => [name, readFileSync(new URL(folder + name, BUILT))]));
  } catch {
    return new Map();
  }
}

function readIfBuilt(name: string): Buffer | undefined {
  try {
    return readFileSync(new URL(name, BUILT));
  } catch {
    return undefined;
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
