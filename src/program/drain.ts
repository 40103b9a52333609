/** The time between the signal and the end, in which parties may go on. */
import { setTimeout } from 'node:timers/promises';
import { type INestApplication, Logger } from '@nestjs/common';
import { Draining } from '../relay/session/draining.js';

/** Resolves when the last peer has left this node, and after `seconds` at the latest (B12). */
export async function drain(app: INestApplication, signal: NodeJS.Signals, seconds: number): Promise<void> {
  new Logger('Relay').log(seconds > 0 ? `Draining on ${signal} for ${seconds} s` : `Stopping on ${signal}`);
  const emptied = app.get(Draining, { strict: false }).begin();
  if (seconds > 0) await Promise.race([emptied, setTimeout(seconds * 1_000)]);
}
