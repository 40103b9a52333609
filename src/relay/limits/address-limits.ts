/** How much one address may do, so that one peer with many connections cannot crowd out the others. */
import type { IncomingMessage } from 'node:http';
import type { RelayOptions } from '../../config/relay-options.js';
import type { Ending } from '../rooms/endings.js';
import { type CodeQuestion, LoginLimits } from '../session/login-limits.js';
import type { SessionEvents, SessionListener } from '../session/session-events.js';
import type { Phase, Session } from '../session/session.js';
import { AddressAccount } from './address-account.js';
import { AddressBook } from './address-book.js';
import { keyOf } from './address.js';
import { isOriginAllowed } from './allowed-origins.js';
import { freeQuestion } from './guesses.js';

/** The HTTP status that an upgrade request is refused with, and what the log calls it. */
export interface UpgradeRefusal {
  readonly status: 403 | 429;
  readonly ending: AddressEnding;
}

/** The endings that are decided here. */
export type AddressEnding =
  | 'origin-refused'
  | 'too-many-connections-of-address'
  | 'too-many-new-connections-of-address'
  | 'too-many-failed-logins-of-address'
  | 'too-many-hosts-of-address';

/**
 * Answers at once, from memory, by a clock that cannot be set: rate-limiter-flexible counts by `Date`, answers
 * in promises, and keeps a timer for each address without a bound on their number.
 *
 * Addresses are those of ClientAddresses; that of a session is its connection's `remoteAddress`. Loopback has
 * no limits (A24).
 */
export class AddressLimits extends LoginLimits implements SessionListener {
  private readonly book: AddressBook;

  /** @param now milliseconds of a monotonic clock. */
  constructor(
    private readonly options: RelayOptions,
    events: SessionEvents,
    private readonly now: () => number = () => performance.now(),
  ) {
    super();
    this.book = new AddressBook(() => new AddressAccount(options, now));
    events.listen(this);
  }

  /** Addresses that are remembered now. */
  get size(): number {
    return this.book.size;
  }

  /** Whether to turn away an upgrade request. If not, its connection counts from now on until TCP closes it. */
  refuseUpgrade(request: IncomingMessage, address: string): UpgradeRefusal | undefined {
    if (!isOriginAllowed(request.headers.origin, this.options.allowedOrigins)) {
      return { status: 403, ending: 'origin-refused' };
    }
    // Where nothing is counted nothing has to be counted back.
    if (keyOf(address) === undefined) return undefined;
    const ending = this.with(address, (account, now) => this.connect(account, now));
    if (ending !== undefined) return { status: 429, ending };
    const disconnect = (): void => void this.with(address, (account) => account.connections--);
    // A connection that is gone already will not say so again.
    if (request.socket.closed) disconnect();
    else request.socket.once('close', disconnect);
    return undefined;
  }

  /** Whether to refuse a host before it learns whether its code is free, which is a guess too (A17, A18). */
  refuseHost(address: string, serverCode: string): AddressEnding | undefined {
    const { maxHostsPerAddress } = this.options;
    return this.with(address, (account, now) => {
      const isFull = maxHostsPerAddress > 0 && account.hosts >= maxHostsPerAddress;
      const isRefused = isFull || account.newHosts?.take(1, now) === false;
      if (isRefused) return 'too-many-hosts-of-address';
      return account.guesses.letHostAsk(serverCode) ? undefined : 'too-many-failed-logins-of-address';
    });
  }

  /**
   * Whether a peer may be told whether a host holds a code (A17). A code that others of its address play with, or that
   * its address has just asked for in vain, does not count as a new guess.
   */
  ask(address: string, serverCodes: readonly string[]): CodeQuestion {
    return this.with(address, ({ guesses }) => guesses.ask(serverCodes)) ?? freeQuestion(serverCodes);
  }

  loggedIn(session: Session): void {
    this.countMember(session, session.phase, 1);
  }

  ended(session: Session, _ending: Ending, last: Phase): void {
    this.countMember(session, last, -1);
  }

  private connect(account: AddressAccount, now: number): AddressEnding | undefined {
    const { maxConnectionsPerAddress } = this.options;
    if (maxConnectionsPerAddress > 0 && account.connections >= maxConnectionsPerAddress) {
      return 'too-many-connections-of-address';
    }
    if (account.newConnections?.take(1, now) === false) return 'too-many-new-connections-of-address';
    account.connections++;
    return undefined;
  }

  private countMember({ connection }: Session, phase: Phase, by: 1 | -1): void {
    if (phase.name !== 'host' && phase.name !== 'player') return;
    const room = phase.name === 'host' ? phase.room : phase.player.room;
    this.with(connection.remoteAddress, (account) => {
      if (phase.name === 'host') account.hosts += by;
      account.guesses.countMember(room.serverCode, by);
    });
  }

  private with<T>(address: string, use: (account: AddressAccount, now: number) => T): T | undefined {
    const key = keyOf(address);
    if (key === undefined) return undefined;
    const now = this.now();
    return this.book.with(key, (account) => use(account, now));
  }
}
