/** The way of a first message through Nest's pipeline, and of what follows it meanwhile. */
import { readFirstMessage } from '../../protocol/login.js';
import { RELAY } from '../../protocol/relay-words.js';
import { ownCopy } from '../../rooms/own-copy.js';
import { HoldReason } from '../../rooms/peer.js';
import type { MessageSink } from '../connection/message-sink.js';
import type { LoginAttempt } from './login-attempt.js';
import { isAsking } from './login.dto.js';
import { type LoginPipelines, NO_LOGIN, isLogin } from './login-pipelines.js';

/**
 * Takes the first message. As soon as a message has to wait for the login nothing more is read from the connection, so
 * what waits is at most what had been read with the login (L11). Pausing for each login would cost more than most
 * logins take.
 */
export function loginDoor(attempt: LoginAttempt, pipelines: LoginPipelines): MessageSink {
  const { connection } = attempt;
  return (payload) => {
    connection.watch.knock();
    const waiting: [Buffer, boolean][] = [];
    connection.handTo((waited, isBinary) => {
      if (waiting.push([ownCopy(waited), isBinary]) === 1) connection.hold(HoldReason.Login);
      connection.bytesBehindLogin += waited.length;
      return undefined;
    });
    const message = readFirstMessage(payload);
    const name = typeof message === 'string' ? NO_LOGIN : message['action'];
    if (typeof message !== 'string') {
      attempt.login = message;
      attempt.session.hasAsked = isLogin(name) && isAsking(message[RELAY]);
    }
    const answered = (): void => {
      connection.bytesBehindLogin = 0;
      for (const [waited, isBinary] of waiting) connection.pass(waited, isBinary);
      connection.guard(() => {
        attempt.answered();
        connection.release(HoldReason.Login);
      });
    };
    const failed = (error: unknown): void => connection.fail(error);
    void pipelines.run(attempt, message, name).then(answered, failed);
    return undefined;
  };
}
