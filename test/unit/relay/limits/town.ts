// The limits per address with a clock that tests set, and peers that exist only for them.
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { FixedLimits } from '../../../../src/config/fixed-limits.js';
import { RelayOptions } from '../../../../src/config/relay-options.js';
import { validateOptions } from '../../../../src/config/validate-options.js';
import { AddressLimits, type UpgradeRefusal } from '../../../../src/relay/limits/address-limits.js';
import { ClientAddresses } from '../../../../src/relay/limits/client-addresses.js';
import type { Ending } from '../../../../src/relay/rooms/endings.js';
import type { Room } from '../../../../src/relay/rooms/room.js';
import { SessionEvents } from '../../../../src/relay/session/session-events.js';
import type { Measures } from '../../../../src/relay/session/measures.js';
import type { Phase, Session } from '../../../../src/relay/session/session.js';
import { fixForTest } from '../../../harness/fixed.js';

/** All limits per address, off; a test switches on the one that it is about. */
const OFF: Partial<RelayOptions> = {
  maxConnectionsPerAddress: 0,
  newConnectionsPerSecond: 0,
  failedLoginsPerMinute: 0,
  maxHostsPerAddress: 0,
  newHostsPerMinute: 0,
};

/** An upgrade request as it comes from `sender`, undefined for a Unix domain socket. */
export function request(sender: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  const socket = Object.assign(new EventEmitter(), { remoteAddress: sender, closed: false });
  return { headers, socket } as unknown as IncomingMessage;
}

/** A relay's limits, and the peers that come to it; `options` are added to limits that are all off, `limits` to those that have no option. */
export class Town {
  /** Milliseconds since the town was built. */
  time = 0;
  readonly limits: AddressLimits;
  /** Codes that hosts hold, for those who {@link look}. */
  readonly open = new Set<string>();
  readonly addresses: ClientAddresses;
  private readonly events = new SessionEvents();

  constructor(options: Partial<RelayOptions>, limits: Partial<FixedLimits> = {}) {
    fixForTest(limits);
    const complete = validateOptions({ ...OFF, ...options });
    this.limits = new AddressLimits(complete, this.events, () => this.time);
    this.addresses = new ClientAddresses(complete);
  }

  /** Lets time pass, in seconds. */
  wait(seconds: number): void {
    this.time += seconds * 1_000;
  }

  /** A connection from the address: how to end it, or the ending that it was refused with. */
  connect(address: string): (() => void) | string {
    const { socket, ...rest } = request(address);
    const refusal = this.refusal({ socket, ...rest } as IncomingMessage);
    return refusal?.ending ?? ((): void => void socket.emit('close'));
  }

  /** What an upgrade request is refused for, if it is. */
  refusal(upgrade: IncomingMessage): UpgradeRefusal | undefined {
    return this.limits.refuseUpgrade(upgrade, this.addresses.of(upgrade));
  }

  /** How many of `count` connections from the address are let in. */
  connectMany(address: string, count: number): number {
    return Array.from({ length: count }, () => this.connect(address)).filter(
      (answer) => typeof answer !== 'string',
    ).length;
  }

  /** A host from the address: how to end it, or the ending that it was refused with. */
  host(address: string, serverCode = 'SNEK'): (() => void) | string {
    const refusal = this.limits.refuseHost(address, serverCode);
    return refusal ?? this.login(address, { name: 'host', room: roomOf(serverCode) });
  }

  /** A player from the address whom a room was found for: how to end it, or what it was refused with. */
  player(address: string, serverCode = 'SNEK'): (() => void) | string {
    const question = this.limits.ask(address, [serverCode]);
    if (question.wait > 0) return GUESSES_TOO_MUCH;
    const player = { room: roomOf(serverCode) } as Extract<Phase, { name: 'player' }>['player'];
    this.open.add(serverCode);
    const leave = this.login(address, { name: 'player', player });
    question.settle(false);
    return leave;
  }

  /** Asks for a code that no host holds: `no-such-code`, or the ending without even a look. */
  guess(address: string, serverCode: string): string {
    const question = this.limits.ask(address, [serverCode]);
    if (question.wait > 0) return GUESSES_TOO_MUCH;
    question.settle(true);
    return 'no-such-code';
  }

  /** Asks at the pages whether a code is open, in spellings of it: the open code, `closed`, or `untold`. */
  look(address: string, ...spellings: string[]): string {
    const question = this.limits.ask(address, spellings);
    const code = question.codes.find((one) => this.open.has(one));
    const answer = code ?? (question.wait > 0 ? 'untold' : 'closed');
    question.settle(answer === 'closed');
    return answer;
  }

  /** How many of `count` codes the address gets an answer for. */
  guessMany(address: string, count: number, prefix = 'GUESS'): number {
    const answers = Array.from({ length: count }, (_, at) => this.guess(address, `${prefix}${at}`));
    return answers.filter((answer) => answer === 'no-such-code').length;
  }

  private login(remoteAddress: string, phase: Phase): () => void {
    const session = { connection: { remoteAddress }, phase } as unknown as Session;
    this.events.loggedIn(session);
    return () => this.events.ended(session, 'left', phase, NOTHING_COUNTED, false);
  }
}

/** What a player is refused with whose address has asked for too many codes. */
const GUESSES_TOO_MUCH: Ending = 'too-many-failed-logins-of-address';

const NOTHING_COUNTED = {} as Measures;

function roomOf(serverCode: string): Room {
  return { serverCode } as Room;
}

/** Ends what {@link Town} let in; a refusal was no such thing. */
export function end(answer: (() => void) | string): void {
  if (typeof answer === 'string') throw new Error(`refused: ${answer}`);
  answer();
}
