/** How a session leaves its connection, and what becomes of its place (R5, R10). */
import { ENDINGS, type Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import type { Former } from '../seats/arrival.js';
import type { Seats } from '../seats/seats.js';
import type { Phase, Session } from './session.js';

/** Who has asked learns why the relay ends its connection; all others see a silent close (R5, E5). */
const TOLD = 4000;

export function close(session: Session, ending: Ending): void {
  session.phase = { name: 'ended', ending };
  const { cut, status } = ENDINGS[ending];
  if (cut) session.connection.cut();
  else if (session.hasAsked && status === undefined) session.connection.close(TOLD, ending);
  else session.connection.close(status);
}

/** Whether the session's place is not given up with it: another peer has it, or it waits for a return (R10). */
export function keepsPlace(seats: Seats, session: Session, last: Phase, ending: Ending): boolean {
  if (last.name === 'player') return keepsSeat(seats, session, last.player, ending);
  if (last.name !== 'host') return false;
  if (last.room.host !== session) return true;
  return isLoss(session, ending) && seats.hosts.lose(last.room, formerOf(session, ending));
}

export function keepsSeat(seats: Seats, session: Session, player: Player, ending: Ending): boolean {
  // To this node, the player that another node has is gone.
  if (player.peer !== session) return player.peer.isElsewhere !== true;
  // A room of another node is not lost with this one (R29).
  const isLost = isLoss(session, ending) || (ending === 'shutdown' && player.room.host.isElsewhere === true);
  return isLost && seats.players.lose(player, formerOf(session, ending));
}

/** The session as a backend knows it. */
export function formerOf({ connection, context }: Session, ending: Ending): Former {
  return { address: connection.remoteAddress, context, ending };
}

/** Whether the peer may not even know of it, and come back; any other way to end is to leave (R10). */
function isLoss({ connection }: Session, ending: Ending): boolean {
  return ENDINGS[ending].byNetwork === true || (ending === 'left' && !connection.hasSaidGoodbye);
}
