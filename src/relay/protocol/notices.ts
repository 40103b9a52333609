/** What the relay itself tells a host about its players, byte for byte (N1, N2). */
import type { Message } from './message.js';
import { TextMessage } from './text-message.js';

/** The notice that a player has joined. */
export function connectNotice(clientId: string): Message {
  return notice('connect', clientId);
}

/** The notice that a player is gone, in whatever way. */
export function disconnectNotice(clientId: string): Message {
  return notice('disconnect', clientId);
}

function notice(action: string, clientId: string): Message {
  return new TextMessage(Buffer.from(JSON.stringify({ action, client_id: clientId })));
}
