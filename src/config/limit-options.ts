/** What a connection, a room and the process may use: each limit is met by an attack and by no party (A25). */
import { integer } from './option-types.js';
import { Option } from './option.decorator.js';

const KIB = 1024;
const MIB = 1024 * KIB;

const bytes = (max: number) => integer({ min: KIB, max, unit: 'bytes', zero: 'off' });
const seconds = integer({ min: 1, max: 86_400, unit: 'seconds', zero: 'off' });
const count = integer({ min: 1, max: 10_000_000, zero: 'off' });

export class LimitOptions {
  @Option({
    type: integer({ min: KIB, max: 100 * MIB, unit: 'bytes' }),
    help: 'The longest message that a peer may send; the original game takes 2 MiB.',
  })
  readonly maxMessageSize: number = MIB;

  @Option({
    type: integer({ min: 1, max: 100_000, unit: 'levels' }),
    help: 'How deep the objects and arrays in a message of a player may be nested: a parser behind the host may recurse.',
  })
  readonly maxDepth: number = 1024;

  @Option({ type: bytes(MIB), help: 'Bytes that a peer may send before it has logged in: a login is short.' })
  readonly maxLoginSize: number = 8 * KIB;

  @Option({ type: count, help: 'Fragments of one message: each pins memory, and games send whole messages.' })
  readonly maxFragments: number = 256;

  @Option({
    type: count,
    help: 'Pieces that TCP may cut an unfinished message into: 1 MiB in packets is some 800.',
  })
  readonly maxBufferedChunks: number = 2048;

  @Option({ type: seconds, help: 'Time from the upgrade to a login; games log in at once.' })
  readonly loginTimeout: number = 10;

  @Option({
    type: count,
    help: 'Connections of the process that have not logged in; the oldest is ended for the newest.',
  })
  readonly maxPendingLogins: number = 2000;

  @Option({ type: seconds, help: 'A player is pinged so often; proxies cut what is silent for 60.' })
  readonly playerPingInterval: number = 20;

  @Option({ type: seconds, help: 'A player is ended after such a silence: Wi-Fi may have a hole of 40.' })
  readonly playerSilence: number = 50;

  @Option({
    type: seconds,
    help: 'A host is pinged so often, so that one which is busy shows between two scenes that it lives.',
  })
  readonly hostPingInterval: number = 10;

  @Option({
    type: seconds,
    help: 'A host is ended, and its code free, after such a silence: a game that loads a scene is silent for 20.',
  })
  readonly hostSilence: number = 60;

  @Option({
    type: bytes(1024 * MIB),
    help: 'Bytes that may wait for a player that reads too slowly: seconds of a game, which it would only see late.',
  })
  readonly maxPlayerOutbox: number = MIB;

  @Option({
    type: bytes(1024 * MIB),
    help: 'Bytes that may wait for a host that reads too slowly: the end of what its players had under way when they were paused.',
  })
  readonly maxHostOutbox: number = 4 * MIB;

  @Option({
    // Below 64 KiB the system would not tell when they have left.
    type: integer({ min: 64 * KIB, max: 1024 * MIB, unit: 'bytes', zero: 'off' }),
    help: 'Bytes waiting for a host from which on its players are not read, so that TCP slows them down.',
  })
  readonly pauseOutbox: number = 256 * KIB;

  @Option({
    type: seconds,
    help: 'How long a peer may take none of what waits for it: longer than a phone needs to change its network.',
  })
  readonly stallTimeout: number = 15;

  @Option({
    type: bytes(1024 * 1024 * MIB),
    help: 'Bytes that may wait in all outboxes together, with messages that are not whole or not yet read, so that many slow peers do not take all memory; the largest goes first.',
  })
  readonly maxTotalOutbox: number = 512 * MIB;

  @Option({
    type: count,
    help: 'Players of one room: a hall of phones, and each broadcast is sent so many times.',
  })
  readonly maxPlayersPerRoom: number = 1000;

  @Option({
    type: count,
    help: 'Rooms of the process: more than its connections fill with players, fewer than a squatter could want.',
  })
  readonly maxRooms: number = 10_000;

  @Option({ type: count, help: 'Connections of the process; 64 below its limit of open files at most.' })
  readonly maxConnections: number = 50_000;

  @Option({
    type: count,
    help: 'Messages a second of a player; a moving finger sends 120. Above it the player is read more slowly.',
  })
  readonly playerRate: number = 300;

  @Option({
    type: bytes(1024 * MIB),
    help: 'Bytes a second of a player: a phone sends less than 20 KiB, and a drawing of it may take a moment.',
  })
  readonly playerByteRate: number = 512 * KIB;

  @Option({
    type: count,
    help: 'Messages a second of a host: 100 players who are each sent something of their own 30 times.',
  })
  readonly hostRate: number = 3000;

  @Option({
    type: bytes(1024 * MIB),
    help: 'Bytes a second of a host: above every game, below what would fill the network of the relay.',
  })
  readonly hostByteRate: number = 8 * MIB;

  @Option({
    type: bytes(1024 * MIB),
    help: 'Bytes a second that a host makes the relay send to its players: a small message to 1,000 of them is a large one.',
  })
  readonly fanoutByteRate: number = 50 * MIB;

  @Option({
    type: seconds,
    help: 'How long without a break a peer may be read more slowly for its rate before it is ended: no game bursts so long.',
  })
  readonly floodTimeout: number = 30;
}
