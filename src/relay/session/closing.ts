/** How a session leaves its connection, and what that says of its place (R5, R10). */
import { ENDINGS, type Ending } from '../rooms/endings.js';
import type { Former } from '../seats/arrival.js';
import type { Session } from './session.js';

/** Who has asked learns why the relay ends its connection; all others see a silent close (R5, E5). */
const TOLD = 4000;

export function close(session: Session, ending: Ending): void {
  session.phase = { name: 'ended', ending };
  const { cut, status } = ENDINGS[ending];
  if (cut) session.connection.cut();
  else if (session.hasAsked && status === undefined) session.connection.close(TOLD, ending);
  else session.connection.close(status);
}

export function formerOf({ connection, context }: Session, ending: Ending): Former {
  return { address: connection.remoteAddress, context, ending };
}

/** Whether the peer may not even know of it, and come back; any other way to end is to leave (R10). */
export function isLoss({ connection }: Session, ending: Ending): boolean {
  return ENDINGS[ending].byNetwork === true || (ending === 'left' && !connection.hasSaidGoodbye);
}
