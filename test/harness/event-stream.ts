// The stream behind the console, event by event, as a program reads it.
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Look } from '../../src/operator/console/look.js';
import { within } from './deadline.js';
import { Inbox } from './inbox.js';

/** An open stream. It ends with the test. */
export class Looks {
  private readonly inbox = new Inbox<Look>();

  private constructor(readonly response: IncomingMessage) {
    const lines = createInterface({ input: response });
    lines.on('line', (line) => {
      if (line.startsWith('data: ')) this.inbox.put(JSON.parse(line.slice(6)) as Look);
    });
    response.once('close', () => this.inbox.end('the stream has ended'));
    // A test that is over lets it break off.
    for (const source of [lines, response]) source.on('error', () => undefined);
  }

  /** Whatever the answer is. */
  static open(url: string, headers: Record<string, string>): Promise<Looks> {
    const opened = new Promise<Looks>((resolve, reject) => {
      const request = get(url, { headers }, (response) => resolve(new Looks(response)));
      request.on('error', reject);
      onTestFinished(() => void request.destroy());
    });
    return within(opened, `an answer of ${url}`);
  }

  get status(): number | undefined {
    return this.response.statusCode;
  }

  next(): Promise<Look> {
    return this.inbox.next('a look');
  }
}
