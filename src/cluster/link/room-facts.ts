/** What the node of a player knows of the room beyond the link, and learns again when it changes. */
import { type RoomRules, plainRules } from '../../relay/rooms/room-rules.js';
import { GarbledError } from './record.js';

export interface RoomFacts {
  /** Whether the room waits for its host. */
  readonly isHostAway: boolean;
  /** What the room does for its players. */
  readonly rules: RoomRules;
}

export const NO_FACTS: RoomFacts = { isHostAway: false, rules: plainRules(0) };

const Flag = { HostAway: 1, HasAsked: 2 } as const;

/** Flags, and the seconds of grace. */
const LENGTH = 9;

export function factsBody({ isHostAway, rules }: RoomFacts): Buffer {
  const body = Buffer.allocUnsafe(LENGTH);
  body[0] = (isHostAway ? Flag.HostAway : 0) | (rules.hasAsked ? Flag.HasAsked : 0);
  body.writeDoubleLE(rules.grace, 1);
  return body;
}

/**
 * What is behind them is of a later version, and is left out. `hold` and `unique` concern the true room alone.
 *
 * @throws {GarbledError} for bytes that {@link factsBody} has not made.
 */
export function readFactsBody(body: Buffer): RoomFacts {
  if (body.length < LENGTH) throw new GarbledError(`facts in ${body.length} bytes`);
  const flags = body.readUInt8(0);
  const grace = body.readDoubleLE(1);
  if (!(grace >= 0)) throw new GarbledError(`a grace of ${grace} seconds`);
  const rules = { ...plainRules(grace), hasAsked: (flags & Flag.HasAsked) !== 0 };
  return { isHostAway: (flags & Flag.HostAway) !== 0, rules };
}
