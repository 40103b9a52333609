/** Log lines for people: the words say everything, so the members that machines read are left out. */
import { ConsoleLogger, type LogLevel } from '@nestjs/common';

export class PrettyLogger extends ConsoleLogger {
  protected override formatMessage(
    level: LogLevel,
    message: unknown,
    pid: string,
    formattedLevel: string,
    context: string,
    timestampDiff: string,
  ): string {
    return super.formatMessage(level, message, pid, formattedLevel, context, timestampDiff);
  }
}
