/** The way of a first message through Nest's pipeline, and of what follows it meanwhile. */
import { readFirstMessage } from '../../protocol/login.js';
import { ownCopy } from '../../rooms/own-copy.js';
import { HoldReason } from '../../rooms/peer.js';
import type { LoginPipelines } from './login-pipelines.js';
import type { RelaySocket } from '../connection/relay-socket.js';

/** The handler that is given a first message no other handler wants. */
export const NO_LOGIN = 'anything else';

/**
 * Listeners are attached here and now: an `await` before would lose messages. As soon as a message has to wait
 * for the login nothing more is read from the socket, so what waits is at most what had been read with the
 * login (L11). Pausing for each login would cost more than most logins take.
 */
export function openLoginDoor(socket: RelaySocket, pipelines: LoginPipelines): void {
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
    if (typeof message !== 'string') socket.login = message;
    const answered = (): void => {
      socket.bytesBehindLogin = 0;
      for (const [waited, isBinary] of waiting) socket.pass(waited, isBinary);
      socket.guard(() => socket.answered());
    };
    void pipelines.run(socket, message, name).then(answered, (error: unknown) => socket.fail(error));
    return undefined;
  });
}
