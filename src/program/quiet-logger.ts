/** The program's log without what Nest says of itself while it starts: forty lines that hide the four to act on. */
import { ConsoleLogger } from '@nestjs/common';
import { PrettyLogger } from '../relay/logging/pretty-logger.js';

/** Nest's own parts, as they sign their lines of level `log`. Their warnings and errors are shown. */
const OF_NEST: ReadonlySet<unknown> = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'WebSocketsController',
  'NestApplication',
]);

function isOfNest(parameters: readonly unknown[]): boolean {
  return OF_NEST.has(parameters.at(-1));
}

/** For people. */
export class QuietPrettyLogger extends PrettyLogger {
  override log(message: unknown, ...parameters: unknown[]): void {
    if (!isOfNest(parameters)) super.log(message, ...parameters);
  }
}

/** One JSON object a line. */
export class QuietJsonLogger extends ConsoleLogger {
  override log(message: unknown, ...parameters: unknown[]): void {
    if (!isOfNest(parameters)) super.log(message, ...parameters);
  }
}
