/** The built pages of the party. */
import { Injectable } from '@nestjs/common';
import { builtClient, builtFiles } from '../http/built-files.js';

@Injectable()
export class PartyFiles {
  /** What other pages import. */
  readonly client: Buffer | undefined = builtClient();
  private readonly files = builtFiles('party');

  /** A file of `pages/party/`, by its bare name. All answers are of the same bytes: who does not read them holds no copy. */
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

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
