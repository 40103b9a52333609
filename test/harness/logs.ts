// What the program wrote to its log, as lines that a test can wait for.
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { within } from './deadline.js';

/** One line of the log. */
export interface LogLine {
  /** Nest's level (`log`, `warn`, `error`, `debug`, ...); undefined when the line is not JSON. */
  level: string | undefined;
  /** The rule of SPEC.md that the line names, if it does. */
  rule: string | undefined;
  /** The message: text as it is, anything else as JSON. The whole line when the line is not JSON. */
  text: string;
  /** The line as it was written. */
  raw: string;
}

/** All lines since the program's start, of standard output and standard error together. */
export class Logs {
  readonly lines: LogLine[] = [];
  private readonly watchers = new Set<() => void>();

  /** Reads `stream` until it ends. */
  follow(stream: Readable): void {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (raw) => {
      this.lines.push(readLine(raw));
      for (const watcher of [...this.watchers]) watcher();
    });
  }

  /** The first line that satisfies `predicate`, be it already there or still to come. */
  until(predicate: (line: LogLine) => boolean, what: string): Promise<LogLine> {
    const found = new Promise<LogLine>((resolve) => {
      const look = (): void => {
        const line = this.lines.find(predicate);
        if (!line) return;
        this.watchers.delete(look);
        resolve(line);
      };
      this.watchers.add(look);
      look();
    });
    return within(found, `a line in the log: ${what}`);
  }

  /** The line that says that a connection ended with `name`; `words` are what else it must contain (code, id). */
  ending(name: string, ...words: string[]): Promise<LogLine> {
    return this.until(saysAll([name, ...words]), [name, ...words].join(', '));
  }

  /** How many lines contain all of `words`. */
  count(...words: string[]): number {
    return this.lines.filter(saysAll(words)).length;
  }
}

function saysAll(words: string[]): (line: LogLine) => boolean {
  return ({ text }) => words.every((word) => text.includes(word));
}

function readLine(raw: string): LogLine {
  try {
    const { level, rule, message } = JSON.parse(raw) as { level?: string; rule?: string; message?: unknown };
    return { level, rule, text: typeof message === 'string' ? message : JSON.stringify(message), raw };
  } catch {
    return { level: undefined, rule: undefined, text: raw, raw };
  }
}
