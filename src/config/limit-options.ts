/** What a connection, a room and the process may use: each limit is met by an attack and by no party (A25). */
import { integer } from './option-types.js';
import { Option } from './option.decorator.js';

const KIB = 1024;
const MIB = 1024 * KIB;

const bytes = (max: number) => integer({ min: KIB, max, unit: 'bytes', zero: 'off' });
const seconds = integer({ min: 1, max: 86_400, unit: 'seconds', zero: 'off' });
const count = integer({ min: 1, max: 10_000_000, zero: 'off' });

const connection = 'Per connection';
const process = 'Whole process';

export class LimitOptions {
  @Option({
    group: connection,
    type: integer({ min: KIB, max: 100 * MIB, unit: 'bytes' }),
    help: 'The longest message that a peer may send. The original relay takes 2 MiB.',
  })
  readonly maxMessageSize: number = MIB;

  @Option({
    group: connection,
    type: integer({ min: 1, max: 100_000, unit: 'levels' }),
    help: "How deep a player's message may nest objects and arrays: a game may parse it recursively.",
  })
  readonly maxDepth: number = 1024;

  @Option({
    group: connection,
    type: bytes(MIB),
    help: 'Bytes that a peer may send before it has logged in.',
  })
  readonly maxLoginSize: number = 8 * KIB;

  @Option({ group: connection, type: seconds, help: 'Time from the upgrade to the login.' })
  readonly loginTimeout: number = 10;

  @Option({
    group: connection,
    type: seconds,
    help: 'Idle timeout of a player, whom the relay pings every 20 seconds or more often. Wi-Fi may fail for 40.',
  })
  readonly playerSilence: number = 50;

  @Option({
    group: connection,
    type: seconds,
    help: 'Idle timeout of a host, which the relay pings every 10 seconds or more often. A game that loads a scene may be silent for 20.',
  })
  readonly hostSilence: number = 60;

  @Option({
    group: connection,
    type: bytes(1024 * MIB),
    help: 'Bytes that may wait for a player that reads too slowly: seconds of a game.',
  })
  readonly maxPlayerOutbox: number = MIB;

  @Option({
    group: connection,
    type: bytes(1024 * MIB),
    help: 'Bytes that may wait for a host that reads too slowly. At 256 KiB the relay stops reading from its players.',
  })
  readonly maxHostOutbox: number = 4 * MIB;

  @Option({
    group: connection,
    type: seconds,
    help: 'How long a peer may read nothing of what waits for it: longer than a phone needs to change networks.',
  })
  readonly stallTimeout: number = 15;

  @Option({
    group: connection,
    type: count,
    help: 'Messages a second of a player; a moving finger sends 120. Above it the relay reads the player more slowly.',
  })
  readonly playerRate: number = 300;

  @Option({
    group: connection,
    type: count,
    help: 'Messages a second of a host: 100 players who each get 30 different messages.',
  })
  readonly hostRate: number = 3000;

  @Option({
    group: connection,
    type: bytes(1024 * MIB),
    help: 'Bytes a second of a player. A host may send 16 times as many.',
  })
  readonly playerByteRate: number = 512 * KIB;

  @Option({
    group: connection,
    type: bytes(1024 * MIB),
    help: 'Bytes a second that a host makes the relay send to its players: a small message to 1,000 players is a large one.',
  })
  readonly fanoutByteRate: number = 50 * MIB;

  @Option({
    group: process,
    type: count,
    help: 'Connections of the process, at most its limit of open files less 64.',
  })
  readonly maxConnections: number = 50_000;

  @Option({ group: process, type: count, help: 'Rooms of the process: a code squatter would want more.' })
  readonly maxRooms: number = 10_000;

  @Option({
    group: process,
    type: count,
    help: 'Players of one room. The relay sends each broadcast to all of them.',
  })
  readonly maxPlayersPerRoom: number = 1000;

  @Option({
    group: process,
    type: bytes(1024 * 1024 * MIB),
    help: 'Bytes that may wait for all peers together, with messages that are not whole or not yet read. Above it the relay ends the peers with most.',
  })
  readonly maxTotalOutbox: number = 512 * MIB;
}
