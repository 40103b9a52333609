/** The way of a first message through Nest's pipeline, and of what follows it meanwhile. */
import type { MessageMappingProperties } from '@nestjs/websockets';
import type { Observable } from 'rxjs';
import { readFirstMessage } from '../protocol/login.js';
import type { RelaySocket } from './relay-socket.js';

/** The handler that is given a first message no other handler wants; nothing on the wire is named so. */
export const NO_LOGIN = Symbol('no login').toString();

type Transform = (result: unknown) => Observable<unknown>;

/**
 * Listeners are attached here and now: an `await` before would lose messages. As soon as a message has to wait
 * for the login nothing more is read from the socket, so what waits is at most what had been read with the
 * login (L11). Pausing for each login would cost more than most logins take.
 */
export function openLoginDoor(
  socket: RelaySocket,
  handlers: MessageMappingProperties[],
  transform: Transform,
): void {
  socket.listen((payload) => {
    const waiting: [Buffer, boolean][] = [];
    socket.handTo((...message) => {
      if (waiting.push(message) === 1) socket.pause();
      return undefined;
    });
    const message = readFirstMessage(payload);
    const name = typeof message === 'string' ? NO_LOGIN : message['action'];
    const handler = handlerOf(handlers, name);
    transform(handler.callback(message)).subscribe({
      error: (error: unknown) => socket.session.fail(error),
      complete: () => {
        // Nobody answered, as when a guard of the embedding backend says no.
        if (socket.session.phase.name === 'awaiting-login') socket.session.end('not-authorized');
        for (const [waited, isBinary] of waiting) socket.take(waited, isBinary);
        if (waiting.length > 0) socket.resume();
      },
    });
    return undefined;
  });
}

function handlerOf(handlers: MessageMappingProperties[], name: unknown): MessageMappingProperties {
  const handler =
    handlers.find(({ message }) => message === name) ?? handlers.find(({ message }) => message === NO_LOGIN);
  if (handler === undefined) throw new Error('The relay gateway has no handler for what is no login.');
  return handler;
}
