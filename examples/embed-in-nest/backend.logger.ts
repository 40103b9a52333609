/** The backend's own log format: one JSON object a line. The relay's lines come here like everybody's. */
import type { LoggerService } from '@nestjs/common';

export class BackendLogger implements LoggerService {
  log(message: unknown, ...details: unknown[]): void {
    this.write('log', message, details);
  }

  warn(message: unknown, ...details: unknown[]): void {
    this.write('warn', message, details);
  }

  error(message: unknown, ...details: unknown[]): void {
    this.write('error', message, details);
  }

  debug(message: unknown, ...details: unknown[]): void {
    this.write('debug', message, details);
  }

  /** Nest puts the context last; the relay puts what it knows of the connection before it. */
  private write(level: string, message: unknown, details: unknown[]): void {
    const context = details.pop();
    console.log(JSON.stringify({ from: 'backend', level, context, message, details }));
  }
}
