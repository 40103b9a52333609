/** A login that the relay does not grant, on its way through Nest's pipeline. */
import { WsException } from '@nestjs/websockets';
import type { Ending } from '../rooms/endings.js';

/** Thrown by pipes and handlers of the gateway, seen by the LoggingInterceptor, ended by the SilentFilter. */
export class LoginRefused extends WsException {
  constructor(readonly ending: Ending) {
    super(ending);
  }
}
