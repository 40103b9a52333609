/** A logger that can be asked before a line is made for it, and whose lines have fields for machines. */
import { ConsoleLogger, Logger } from '@nestjs/common';
import type { EndingLevel } from '../rooms/endings.js';

export class LevelLogger extends Logger {
  /** Whether a line of that level may be written. A logger of the embedding backend's own decides when it has it. */
  takes(level: EndingLevel): boolean {
    const logger = this.localInstance;
    return !(logger instanceof ConsoleLogger) || logger.isLevelEnabled(level);
  }

  /**
   * Writes a line with its fields: behind the text, as Nest's own logger takes them, and for nestjs-pino and nest-winston,
   * which would leave them out, as those do.
   */
  tell(level: EndingLevel, text: string, fields: object): void {
    const logger: unknown = this.localInstance;
    if (isPino(logger)) this[level](fields, text);
    else if (isWinston(logger)) this[level]({ message: text, ...fields });
    else this[level](text, fields);
  }

  /** Writes that something of ours, or of the backend's, has thrown. */
  failed(text: string, error: unknown): void {
    if (isPino(this.localInstance)) this.error({ err: error }, text);
    else this.error(text, error instanceof Error ? error.stack : undefined);
  }
}

/** The logger of nestjs-pino, which loses what stands behind a text. */
function isPino(logger: unknown): boolean {
  return typeof within(within(logger, 'logger'), 'logger', 'bindings') === 'function';
}

/** The logger of nest-winston, which takes what stands behind a text for the context. */
function isWinston(logger: unknown): boolean {
  return typeof within(logger, 'getWinstonLogger') === 'function';
}

function within(object: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    object,
  );
}
