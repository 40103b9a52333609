/** The way of a first message through Nest's pipeline, and of what follows it meanwhile. */
import type { MessageMappingProperties } from '@nestjs/websockets';
import { isObservable } from 'rxjs';
import { readFirstMessage } from '../protocol/login.js';
import { ownCopy } from '../rooms/own-copy.js';
import { HoldReason } from '../rooms/peer.js';
import type { RelaySocket } from './relay-socket.js';

/** The handler that is given a first message no other handler wants. */
export const NO_LOGIN = 'anything else';

/**
 * Listeners are attached here and now: an `await` before would lose messages. As soon as a message has to wait
 * for the login nothing more is read from the socket, so what waits is at most what had been read with the
 * login (L11). Pausing for each login would cost more than most logins take.
 */
export function openLoginDoor(socket: RelaySocket, handlers: MessageMappingProperties[]): void {
  socket.listen((payload) => {
    socket.watch.knock();
    const waiting: [Buffer, boolean][] = [];
    socket.handTo((waited, isBinary) => {
      if (waiting.push([ownCopy(waited), isBinary]) === 1) socket.connection.hold(HoldReason.Login);
      socket.bytesBehindLogin += waited.length;
      return undefined;
    });
    const message = readFirstMessage(payload);
    const name = typeof message === 'string' ? NO_LOGIN : message['action'];
    run(handlerOf(handlers, name), message, {
      error: (error: unknown) => socket.fail(error),
      complete: () => {
        socket.bytesBehindLogin = 0;
        for (const [waited, isBinary] of waiting) socket.pass(waited, isBinary);
        socket.guard(() => socket.answered());
      },
    });
    return undefined;
  });
}

/**
 * Gives a message to its handler and tells when the pipeline is done with it. What comes out is an observable if there
 * is an interceptor; Nest's own helper, which is for all that a handler may return, would wrap it three times more.
 */
function run(
  { callback }: MessageMappingProperties,
  message: unknown,
  observer: { readonly complete: () => void; readonly error: (error: unknown) => void },
): void {
  void (callback(message) as Promise<unknown>).then((answer) => {
    if (isObservable(answer)) answer.subscribe(observer);
    else observer.complete();
  }, observer.error);
}

function handlerOf(handlers: MessageMappingProperties[], name: unknown): MessageMappingProperties {
  const handler =
    handlers.find(({ message }) => message === name) ?? handlers.find(({ message }) => message === NO_LOGIN);
  if (handler === undefined) throw new Error('The relay gateway has no handler for what is no login.');
  return handler;
}
