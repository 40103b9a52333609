/** What a login may be refused for before it is looked at: a port, so that sessions know no addresses' books. */
import type { Ending } from '../rooms/endings.js';

export abstract class LoginLimits {
  abstract refuseHost(address: string): Ending | undefined;
  abstract refuseLogin(address: string, serverCode: string): Ending | undefined;
  /** Told of each code that was asked for in vain. */
  abstract loginFailed(address: string, serverCode: string): void;
}
