/** A logger that can be asked before a line is made for it. */
import { ConsoleLogger, Logger } from '@nestjs/common';
import type { EndingLevel } from '../rooms/endings.js';

export class LevelLogger extends Logger {
  /** Whether a line of that level may be written. A logger of the embedding backend's own decides when it has it. */
  takes(level: EndingLevel): boolean {
    const logger = this.localInstance;
    return !(logger instanceof ConsoleLogger) || logger.isLevelEnabled(level);
  }
}
